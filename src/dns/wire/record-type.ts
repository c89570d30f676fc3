import type {RecordType} from '../answer.ts'

/** The numbers of the types (IANA: Domain Name System Parameters). */
export const typeNumbers: Readonly<Record<RecordType, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  DS: 43,
  DNSKEY: 48,
  TLSA: 52,
  SPF: 99,
  CAA: 257,
}

/** Of the record that holds no data, but what EDNS adds to a packet (RFC 6891 §6.1.1). */
export const optionsType = 41

/** IN, the Internet. */
export const classIn = 1
