import {UsageError} from '../../rules/errors.ts'
import {askFor, canAsk} from '../ask.ts'
import type {Terminal} from '../terminal.ts'
import {searchContexts} from './overview.ts'
import type {Sources} from './resolve.ts'

/** The context the operator chooses at a terminal. @throws UsageError where there is nobody to ask */
export async function chooseContextName(
  terminal: Terminal,
  noInput: boolean | undefined,
  sources: Sources,
): Promise<string> {
  if (canAsk(terminal, noInput)) return askFor('Which context?', async (typed) => searchContexts(typed, sources))
  throw new UsageError('Which context?', {hint: 'Give its name as an argument. See which there are: pm context list'})
}
