import {read} from '../db/transaction.ts'
import {nearest} from '../output/nearest.ts'
import {meantName} from '../queries/meant-name.ts'
import type {Noun} from '../rules/nouns.ts'
import type {Sought} from '../rules/sought.ts'
import type {Described} from './command-line/described.ts'
import {slotOf} from './command-line/slots.ts'
import {readWords} from './command-line/typed-words.ts'
import type {OpenedSession} from './open-session.ts'

/** What was sought with the name that was probably meant, where it is kept in the database; else as it is. */
export async function soughtAmongNames({name, among}: Sought, open: () => Promise<OpenedSession>): Promise<Sought> {
  if (typeof among !== 'string') return {name, among}
  const meant = await meantBy(among, name, open)
  return {name, among: meant === undefined ? [] : [meant]}
}

/** A flag, and the value that was probably meant. */
interface MeantFlag {
  flag: string
  meant: string
}

/** Of the flags that a list was chosen by, and found nothing: those whose value is nobody’s name, as they were meant. */
export async function meantFlags(
  argv: readonly string[],
  described: Described,
  open: () => Promise<OpenedSession>,
): Promise<MeantFlag[]> {
  const flags: MeantFlag[] = []
  for (const [flag, [value]] of readWords(argv, described.flags).flags) {
    const slot = described.flags[flag]
    const noun = slot && slotOf(described, slot).noun
    const meant = noun && value && (await meantBy(noun, value, open))
    if (meant && meant.toLowerCase() !== value.toLowerCase()) flags.push({flag, meant})
  }
  return flags
}

// What cannot be looked for suggests nothing: what there is to tell must be told.
async function meantBy(noun: Noun, name: string, open: () => Promise<OpenedSession>): Promise<string | undefined> {
  if (noun === 'context') return undefined
  const pick = (names: readonly string[]) => nearest(name, names.filter(isNoFlag))
  try {
    return await read(await open(), 'none', (db, operator) => meantName(db, operator, {noun, name}, pick))
  } catch {
    return undefined
  }
}

// A tenant called --yes must not give consent to who pastes it.
function isNoFlag(name: string): boolean {
  return !name.startsWith('-')
}
