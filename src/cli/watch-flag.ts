const usual = '2'

/** The command line without `--watch`, and how often it wants to be run; undefined where it does not. */
export function takeWatch(argv: readonly string[]): {words: string[]; seconds: number | undefined} {
  const end = argv.indexOf('--')
  const at = argv.findIndex((word, index) => (end === -1 || index < end) && /^--watch(=[1-9]\d{0,3})?$/.test(word))
  if (at === -1) return {words: [...argv], seconds: undefined}
  const [, attached] = argv[at]?.split('=') ?? []
  const next = argv[at + 1] ?? ''
  const isBehind = attached === undefined && /^[1-9]\d{0,3}$/.test(next)
  const seconds = Number(attached ?? (isBehind ? next : usual))
  return {words: [...argv.slice(0, at), ...argv.slice(at + (isBehind ? 2 : 1))], seconds}
}
