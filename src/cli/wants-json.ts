import type {Environment} from './contexts/server-address.ts'

/** Whether errors are to be JSON: also when the command line cannot be parsed, so it is read without a parser. */
export function wantsJson(argv: readonly string[], env: Environment): boolean {
  const words = beforeDashes(argv)
  const said = words.flatMap((word, index) => {
    if (word === '--json') return ['json']
    if (word === '--output' || /^-[yq]*o$/.test(word)) return [words[index + 1] ?? '']
    return word.match(/^(?:-[yq]*o=?|--output=)(.+)$/)?.[1] ?? []
  })
  return ['json', 'ndjson'].includes(said.at(-1) ?? env.PM_OUTPUT ?? '')
}

/** What stands before `--`; behind it there are no flags. */
export function beforeDashes(argv: readonly string[]): readonly string[] {
  return argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
}
