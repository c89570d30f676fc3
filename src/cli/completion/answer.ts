import {foldersOf} from '../folders.ts'
import type {Project} from '../project.ts'
import {shellWords} from '../shell-words.ts'
import {cachedNames} from './cached-names.ts'
import {complete} from './candidates.ts'
import {readCommandTable} from './known.ts'
import {reply, type Shell, shells} from './reply.ts'

/**
 * Answers a shell that asks what fits: `__complete bash LINE`, or `__complete zsh WORD…`, the last word being the one
 * under the cursor. It is asked at a keystroke, and so loads no command, waits for nothing, and never fails: where
 * nothing is known, nothing fits.
 */
export async function answer(argv: readonly string[], project: Pick<Project, 'root'>): Promise<void> {
  process.stdout.on('error', () => {})
  try {
    process.stdout.write(await answerTo(argv, project))
  } catch {
    process.stdout.write('names\n')
  }
}

async function answerTo([name, ...rest]: readonly string[], {root}: Pick<Project, 'root'>): Promise<string> {
  const shell = shells.find((known) => known === name)
  if (!shell) return 'names\n'
  const {words, line} = typedIn(shell, rest)
  const {config, data, cache} = foldersOf(process.env)
  const sources = {
    flag: undefined,
    env: process.env,
    workingFolder: process.cwd(),
    configFolder: config,
    dataFolder: data,
  }
  const live = cachedNames({sources, cacheFolder: cache, root})
  return reply(shell, await complete(words, readCommandTable(root), live), line)
}

// bash tells the line, whose first word is pm; the others split it themselves.
function typedIn(shell: Shell, rest: readonly string[]): {words: readonly string[]; line: string} {
  if (shell !== 'bash') return {words: rest, line: ''}
  const [line = ''] = rest
  const {words, last} = shellWords(line)
  return {words: last ? words.slice(1) : [...words.slice(1), ''], line}
}
