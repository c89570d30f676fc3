/** Where something stands: the how many-th line of a file or of stdin; without a line, an argument. */
export interface Place {
  source: string
  line?: number
}

/** The same in words: `targets.csv line 3`. */
export function placeText({source, line}: Place): string {
  return line === undefined ? source : `${source} line ${line}`
}
