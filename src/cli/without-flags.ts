/** The words of a command line but for flags that take a value, and their values: `--after x` and `--after=x`. */
export function withoutFlags(words: readonly string[], flags: readonly string[]): string[] {
  const isOne = (word = '') => flags.includes(word)
  return words.filter((word, at) => !isOne(word.split('=')[0]) && !isOne(words[at - 1]))
}
