import type {ResourceRecord} from './answer.ts'

/** Seconds until the first of some records is to be asked for again; infinite where there is none. */
export function leastTtl(records: readonly Pick<ResourceRecord, 'ttl'>[]): number {
  return records.reduce((least, {ttl}) => Math.min(least, ttl), Number.POSITIVE_INFINITY)
}
