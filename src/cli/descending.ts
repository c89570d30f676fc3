/**
 * The same words, with a space before the field of `--sort -created`: the parser would take `-c` for a flag, as it is
 * one. The flag takes the space away again.
 */
export function shieldDescending(argv: readonly string[]): string[] {
  const end = argv.indexOf('--')
  return argv.map((word, at) => {
    if (end !== -1 && at > end) return word
    const isField = argv[at - 1] === '--sort' && /^-[a-z_]/.test(word)
    return isField ? ` ${word}` : word.replace(/^--sort=-/, '--sort= -')
  })
}
