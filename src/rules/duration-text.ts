const units = [
  {name: 'd', seconds: 86_400},
  {name: 'h', seconds: 3_600},
  {name: 'min', seconds: 60},
  {name: 's', seconds: 1},
]

/** `2 h 5 min`: seconds in the two greatest units that they have. */
export function durationText(seconds: number): string {
  const first = units.findIndex((unit) => seconds >= unit.seconds)
  if (first === -1) return '0 s'
  let rest = Math.round(seconds)
  const parts = units.slice(first, first + 2).map((unit) => {
    const count = Math.floor(rest / unit.seconds)
    rest -= count * unit.seconds
    return count > 0 ? `${count} ${unit.name}` : ''
  })
  return parts.filter((part) => part !== '').join(' ')
}
