import {UsageError} from '../../rules/errors.ts'
import {parseIp, reverseParts, unmapIp4} from '../ip-bytes.ts'
import type {Blocklist} from './lists.ts'

/** The name to ask for: the address backwards, byte by byte or nibble by nibble, or the domain, and then the zone. */
export function questionName(entry: string, zone: string): string {
  const bytes = parseIp(entry)
  if (bytes === null) return `${entry}.${zone}`
  return `${reverseParts(unmapIp4(bytes)).reverse().join('.')}.${zone}`
}

/** Where a list is asked: with a key, in the Data Query Service. Its name holds the key and must never be shown. */
export function zoneOf({zone, dqs}: Blocklist, key: string | null): string {
  return key === null || dqs === undefined ? zone : `${key}.${dqs}.dq.spamhaus.net`
}

/**
 * The key as it can stand in a name.
 * @throws UsageError when it cannot; the error does not repeat it
 */
export function checkedKey(key: string | null): string | null {
  if (key === null || /^[a-z0-9]{1,63}$/i.test(key)) return key
  throw new UsageError('The key for Spamhaus’s Data Query Service is not one word of letters and digits.', {
    hint: 'Take it as the Spamhaus portal shows it, without the zone after it.',
  })
}
