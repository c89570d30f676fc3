/** Whether a name is a zone's own or below it. Both in lower case, without the last dot; `.` is the root. */
export function isWithin(name: string, zone: string): boolean {
  return zone === '.' || name === zone || name.endsWith(`.${zone}`)
}

/** The same, but for the zone itself. */
export function isBelow(name: string, zone: string): boolean {
  return name !== zone && isWithin(name, zone)
}

/** The nearest name above a name; above the root is the root. */
export function nameAbove(name: string): string {
  const dot = name.indexOf('.')
  return dot === -1 ? '.' : name.slice(dot + 1) || '.'
}

/** A name and all names above it, the root last. */
export function namesUpFrom(name: string): string[] {
  return name === '.' ? [name] : [name, ...namesUpFrom(nameAbove(name))]
}
