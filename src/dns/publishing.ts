import type {RecordType} from './answer.ts'
import type {Fix} from './finding.ts'
import {fixOf} from './fix.ts'

/** Where and how the records of a domain are published; what every fix needs to know. */
export interface Publishing {
  /** The domain that is checked, in lower case, without the last dot. */
  domain: string
  /** The zone its records are in; the domain itself where that is left out. */
  zone?: string
  /** Seconds; 3600 where it is left out. */
  ttl?: number
}

/** The fix that publishes a record of the domain. */
export function publish(
  {domain, zone = domain, ttl = 3600}: Publishing,
  record: {name: string; type: RecordType; value: string},
): Fix {
  return fixOf({zone, ttl, ...record})
}
