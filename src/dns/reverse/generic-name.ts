/** Whether a name was made from the address: it has the four numbers of an IPv4 address in it, in order or reversed. */
export function isGeneric(name: string, ip: string): boolean {
  if (ip.includes(':')) return false
  const octets = ip.split('.')
  const numbers = (name.match(/\d+/g) ?? []).map((digits) => String(Number(digits)))
  const glued = octets.map((octet) => octet.padStart(3, '0')).join('')
  return has(numbers, octets) || has(numbers, octets.toReversed()) || name.includes(glued)
}

function has(numbers: readonly string[], octets: readonly string[]): boolean {
  return ` ${numbers.join(' ')} `.includes(` ${octets.join(' ')} `)
}
