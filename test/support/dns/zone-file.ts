/** A zone file: the SOA, the given lines, and names relative to the zone. */
export function zoneFile(zone: string, lines: readonly string[], {serial = 1, ttl = 3600, minimum = 60} = {}): string {
  return [
    `$ORIGIN ${zone === '.' ? '.' : `${zone}.`}`,
    `$TTL ${ttl}`,
    `@ SOA ns1 hostmaster ${serial} 7200 3600 1209600 ${minimum}`,
    ...lines,
    '',
  ].join('\n')
}
