import type {Answer as PacketRecord} from 'dns-packet'
import type {RecordData, RecordType, ResourceRecord} from '../answer.ts'

/** A record of a packet as the rest of pm knows it; undefined for another class, or a type nobody here asks for. */
export function toRecord(record: PacketRecord): ResourceRecord | undefined {
  if (record.type === 'OPT' || record.class !== 'IN') return undefined
  const data = toData(record)
  if (data === undefined) return undefined
  // Seconds above 2^31 - 1 count as none (RFC 2181 §8).
  const ttl = record.ttl === undefined || record.ttl > 0x7fff_ffff ? 0 : record.ttl
  return {name: plainName(record.name), type: record.type as RecordType, ttl, data}
}

/** A name in lower case; dns-packet gives it without the last dot already. */
export function plainName(name: string): string {
  return name.toLowerCase()
}

function toData(record: Exclude<PacketRecord, {type: 'OPT'}>): RecordData[RecordType] | undefined {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.data
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return plainName(record.data)
    case 'MX':
      return {preference: record.data.preference ?? 0, exchange: plainName(record.data.exchange)}
    case 'TXT':
      // Read from a packet, it is always an array of buffers; copies, so that no answer keeps its packet in memory.
      return (record.data as Buffer[]).map((string) => Buffer.from(string))
    case 'SOA':
      return toSoa(record.data)
    default:
      return toRareData(record)
  }
}

function toSoa(data: {mname: string; rname: string; serial?: number | undefined; minimum?: number | undefined}) {
  const {mname, rname, serial = 0, minimum = 0} = data
  return {mname: plainName(mname), rname: plainName(rname), serial, minimum}
}

function toRareData(record: Exclude<PacketRecord, {type: 'OPT'}>): RecordData[RecordType] | undefined {
  switch (record.type) {
    case 'CAA':
      return {flags: record.data.flags ?? 0, tag: record.data.tag.toLowerCase(), value: record.data.value}
    case 'DNSKEY':
      return {flags: record.data.flags, algorithm: record.data.algorithm, keyTag: keyTag(record.data)}
    case 'DS':
      return {...record.data, digest: record.data.digest.toString('hex')}
    case 'TLSA':
      return {...record.data, certificate: record.data.certificate.toString('hex')}
    default:
      return toSpf(record)
  }
}

// The types of dns-packet do not know SPF (99); its code calls it so and leaves the data as it came.
function toSpf({type, data}: {type: string; data: unknown}): Buffer[] | undefined {
  if (type !== 'SPF' || !Buffer.isBuffer(data)) return undefined
  const strings = []
  for (let at = 0; at < data.length; at += 1 + (data[at] ?? 0)) {
    strings.push(data.subarray(at + 1, at + 1 + (data[at] ?? 0)))
  }
  return strings
}

/** A checksum over the record's data, by which a DS names a key (RFC 4034 appendix B). */
function keyTag({flags, algorithm, key}: {flags: number; algorithm: number; key: Buffer}): number {
  // The protocol, between flags and algorithm, is always 3 (RFC 4034 §2.1.2).
  const data = [flags >> 8, flags & 0xff, 3, algorithm, ...key]
  const sum = data.reduce((total, byte, at) => total + (at % 2 === 0 ? byte << 8 : byte), 0)
  return (sum + (sum >> 16)) & 0xffff
}
