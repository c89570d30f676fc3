import {painter} from '../../output/colors.ts'
import {sanitize} from '../../output/sanitize.ts'
import {quoted} from '../../rules/shell-word.ts'
import {type Completion, complete as candidates} from '../completion/candidates.ts'
import type {LiveNames} from '../completion/known.ts'
import {shellWords} from '../shell-words.ts'
import {isPlain} from '../terminal.ts'
import {History} from './history.ts'
import type {LineShell, ShellPlace} from './line-shell.ts'
import {readLines} from './read-line.ts'

/** Reads and runs lines at the terminal until it is left. */
export async function interact(
  shell: LineShell,
  {table}: ShellPlace,
  {dataFolder, color, kept}: {dataFolder: string; color: boolean; kept: LiveNames},
): Promise<void> {
  const {env} = shell.around
  while (!shell.isLeft) {
    const history = new History(dataFolder, shell.context)
    const lines = await readLines({
      prompt: await promptOf(shell, color),
      history: history.lines(),
      isDrawn: !isPlain(env),
      complete: (line) => completed(line, shell, table, kept),
    })
    if (!lines) return
    for (const line of lines) {
      history.keep(line)
      if (!shell.isLeft) await shell.run(line)
    }
  }
}

/** Where the next line works: the context, in red where it is production, and what is in use. */
async function promptOf({context, usedNames, around}: LineShell, color: boolean): Promise<string> {
  const paint = await painter(color)
  const {name, kind} = context
  const writes = /^(1|true|yes|y)$/i.test(around.env.PM_WRITE ?? '')
  const state = kind === 'production' ? `, ${writes ? 'may write' : 'read-only'}` : ''
  const place = name === kind ? name : `${name} (${kind}${state})`
  const said = name === kind ? `${name}${state}` : place
  const tone = kind === 'production' ? 'bad' : kind === 'staging' ? 'warn' : 'info'
  const used = usedNames.map((one) => ` ${sanitize(one)}`).join('')
  return `${paint(`pm ${sanitize(said)}`, tone)}${used}> `
}

async function completed(
  line: string,
  shell: LineShell,
  table: ShellPlace['table'],
  kept: LiveNames,
): Promise<[string[], string]> {
  const {words, last} = shellWords(line)
  const typed = words[0] === 'pm' ? words.slice(1) : words
  try {
    const live: LiveNames = (noun, text, context) =>
      noun === 'context' || noun === 'permission' || context !== undefined
        ? kept(noun, text, context)
        : shell.names(noun, text)
    const found = await shellCandidates(last ? typed : [...typed, ''], table, live)
    const hits = found === 'files' ? [] : found.map(({value}) => `${quoted(value)} `)
    return [hits, last?.typed ?? '']
  } catch {
    return [[], line]
  }
}

// `use tenant ac` is completed as `tenant show ac` is.
async function shellCandidates(
  words: readonly string[],
  table: ShellPlace['table'],
  live: LiveNames,
): Promise<Completion> {
  const [first = '', topic = '', ...rest] = words
  if (first === 'use' && rest.length > 0) {
    return candidates([topic, topic === 'context' ? 'use' : 'show', ...rest], table, live)
  }
  if (first === 'use' && words.length === 2) {
    const usable = [...table.topics.keys()].filter((id) => table.commands.has(`${id}:show`))
    return usable.filter((id) => id.startsWith(topic)).map((value) => ({value}))
  }
  const found = await candidates(words, table, live)
  const own = words.length === 1 ? ['exit', 'use'].filter((word) => word.startsWith(first)) : []
  return found === 'files' ? found : [...found, ...own.map((value) => ({value}))]
}
