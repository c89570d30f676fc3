/** The candidate most like a mistyped word, at most an edit for every three letters away, or undefined. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  // More would not be a correction: no two short words are more than three edits apart.
  const limit = Math.min(3, Math.ceil(word.length / 3))
  const near = candidates
    .filter(({length}) => Math.abs(length - word.length) <= limit)
    .map((candidate) => ({candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase())}))
    .filter(({edits}) => edits <= limit)
  return near.toSorted((a, b) => a.edits - b.edits)[0]?.candidate
}

function distance(from: string, to: string): number {
  const steps = Array.from({length: to.length + 1}, (_, index) => index)
  return [...from].reduce((row, letter, index) => nextRow(row, letter, to, index + 1), steps).at(-1) ?? 0
}

function nextRow(above: readonly number[], letter: string, to: string, first: number): number[] {
  const row = [first]
  for (let column = 0; column < to.length; column++) {
    const replaced = (above[column] ?? 0) + (letter === to[column] ? 0 : 1)
    row.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (row[column] ?? 0) + 1))
  }
  return row
}
