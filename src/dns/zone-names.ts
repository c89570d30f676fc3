/** Whether a name is a zone's own or below it. Both in lower case, without the last dot; `.` is the root. */
export function isWithin(name: string, zone: string): boolean {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`)
}

/** The names above a name, the nearest first, the root last. */
export function namesAbove(name: string): string[] {
  const labels = name.split('.')
  return [...labels.slice(1).map((_, at) => labels.slice(at + 1).join('.')), '.']
}
