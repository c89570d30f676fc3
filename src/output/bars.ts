/** A bar of the given width, filled by how much of max is used; it is full only when max is reached. */
export function bar(value: number, max: number, width: number, {ascii = false}: {ascii?: boolean} = {}): string {
  const [full, free] = ascii ? ['#', '.'] : ['▓', '░']
  const filled = filledCells(value, max, width)
  return full.repeat(filled) + free.repeat(width - filled)
}

function filledCells(value: number, max: number, width: number): number {
  if (!(value > 0)) return 0
  if (value >= max) return width
  // What is used at all shows.
  return Math.max(1, Math.min(width - 1, Math.round((value / max) * width)))
}
