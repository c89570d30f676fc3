/** The data of a resource record, by its type. Names are lower-case ASCII without the last dot. */
export interface RecordData {
  A: string
  AAAA: string
  CAA: {flags: number; tag: string; value: string}
  CNAME: string
  DNSKEY: {flags: number; algorithm: number; keyTag: number}
  DS: {keyTag: number; algorithm: number; digestType: number; digest: string}
  MX: {preference: number; exchange: string}
  NS: string
  PTR: string
  SOA: {mname: string; rname: string; serial: number; minimum: number}
  /** The obsolete type 99, asked for only to warn of it (RFC 7208 §3.1). */
  SPF: string
  TLSA: {usage: number; selector: number; matchingType: number; certificate: string}
  /** Its character-strings put together (RFC 1035 §3.3.14, RFC 7208 §3.3), one character for each byte. */
  TXT: string
}

export type RecordType = keyof RecordData

export interface ResourceRecord<Type extends RecordType = RecordType> {
  name: string
  type: Type
  /** Seconds it may be kept; from a cache, the seconds left. */
  ttl: number
  data: RecordData[Type]
}

export type Transport = 'udp' | 'tcp'

/** Which server answered, how, and how long it took. Kept with every answer: it is the evidence of a finding. */
export interface Asked {
  /** `192.0.2.53`, or `192.0.2.53:5300` where the port is not 53; null where no server could be asked. */
  server: string | null
  transport: Transport
  ms: number
}

/** Why nothing is known. None of these says that a record is missing. */
export type FailureReason =
  | 'timeout'
  | 'unreachable'
  | 'SERVFAIL'
  | 'REFUSED'
  | 'FORMERR'
  | 'NOTIMP'
  /** Another RCODE than these. */
  | 'rcode'
  /** The server is no authority for the name, though it should be (AA=0). */
  | 'lame'
  /** A resolver says that there is no such thing, but no authority could be asked. */
  | 'no proof'
  /** The packet cannot be read, or answers another question. */
  | 'malformed'
  /** The name cannot be asked for: a label over 63 bytes, an empty one, or over 253 in all (RFC 1035 §2.3.4). */
  | 'bad name'
  /** CNAMEs that end nowhere. */
  | 'alias loop'

/** The RRset is there. */
export interface Found<Type extends RecordType = RecordType> extends Asked {
  outcome: 'found'
  /** At least one; their owner is the end of the alias chain. */
  records: readonly ResourceRecord<Type>[]
  /** The CNAMEs followed to get there, in order. */
  aliases: readonly ResourceRecord<'CNAME'>[]
  /** Whether the server is an authority for the name (AA). */
  authoritative: boolean
}

/** Proof that there is no such RRset. */
export interface Absent extends Asked {
  outcome: 'absent'
  /** Whether the name does not exist at all, or only has no records of that type. */
  rcode: 'NXDOMAIN' | 'NODATA'
  aliases: readonly ResourceRecord<'CNAME'>[]
  authoritative: boolean
  /** How many seconds a cache may remember this (RFC 2308 §5: the lower of the SOA's TTL and its minimum). */
  negativeTtl: number | null
}

/** Nothing is known. */
export interface Failed extends Asked {
  outcome: 'failed'
  reason: FailureReason
  /** What happened, for people. */
  detail: string
}

/** What asking for an RRset came to. */
export type Answer<Type extends RecordType = RecordType> = Found<Type> | Absent | Failed

/**
 * Asks for an RRset, following CNAMEs. Never throws for what DNS says or fails to say; only when the run is cancelled.
 * @param name without the last dot, in any case
 */
export type Lookup = <Type extends RecordType>(name: string, type: Type) => Promise<Answer<Type>>
