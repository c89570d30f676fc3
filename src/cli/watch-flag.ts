const usual = '2'
const number = /^-?\d+(\.\d+)?(e\d+)?$/i

/** The seconds between two looks are at most so many. */
export const longestWatch = 3_600

/**
 * The command line without `--watch`, and how often it wants to be run; undefined where it does not, or says a number
 * that cannot be: that is left for the flag to complain of.
 */
export function takeWatch(argv: readonly string[]): {words: string[]; seconds: number | undefined} {
  const end = argv.indexOf('--')
  const at = argv.findIndex((word, index) => (end === -1 || index < end) && /^--watch(=|$)/.test(word))
  if (at === -1) return {words: [...argv], seconds: undefined}
  const [, attached] = argv[at]?.split('=') ?? []
  const next = argv[at + 1] ?? ''
  const isBehind = attached === undefined && number.test(next)
  const given = attached ?? (isBehind ? next : usual)
  const [before, after] = [argv.slice(0, at), argv.slice(at + (isBehind ? 2 : 1))]
  if (!isSeconds(given)) return {words: [...before, `--watch=${given}`, ...after], seconds: undefined}
  return {words: [...before, ...after], seconds: Number(given)}
}

function isSeconds(text: string): boolean {
  return /^[1-9]\d*$/.test(text) && Number(text) <= longestWatch
}
