import type {RecordData, RecordType} from '../answer.ts'
import {formatIp} from '../ip-bytes.ts'
import type {PacketReader} from './packet-reader.ts'
import {Unreadable} from './wire-name.ts'

/** Reads the data of a record, so many bytes. */
type DataReader<Type extends RecordType> = (reader: PacketReader, length: number) => RecordData[Type]

/** How the data of each type is written. Whoever calls one sees to it that just the data was read. */
export const dataReaders: {readonly [Type in RecordType]: DataReader<Type>} = {
  A: (reader) => `${reader.u8()}.${reader.u8()}.${reader.u8()}.${reader.u8()}`,
  AAAA: (reader) => formatIp(reader.bytes(16)),
  CAA: readCaa,
  CNAME: (reader) => reader.name(),
  DNSKEY: readKey,
  DS: readDigest,
  MX: (reader) => ({preference: reader.u16(), exchange: reader.name()}),
  NS: (reader) => reader.name(),
  PTR: (reader) => reader.name(),
  SOA: readSoa,
  SPF: readStrings,
  TLSA: readCertificate,
  TXT: readStrings,
}

function readStrings(reader: PacketReader, length: number): string {
  let text = ''
  for (const end = reader.at + length; reader.at < end; ) text += reader.latin1(reader.u8())
  return text
}

function readSoa(reader: PacketReader): RecordData['SOA'] {
  const [mname, rname, serial] = [reader.name(), reader.name(), reader.u32()]
  // Refresh, retry and expire are between the servers of the zone.
  reader.pass(12)
  return {mname, rname, serial, minimum: reader.u32()}
}

/** RFC 8659 §4.1. */
function readCaa(reader: PacketReader, length: number): RecordData['CAA'] {
  const [flags, tagLength] = [reader.u8(), reader.u8()]
  const tag = reader.bytes(tagLength).toString().toLowerCase()
  return {flags, tag, value: reader.bytes(length - 2 - tagLength).toString()}
}

/** RFC 4034 §2.1. */
function readKey(reader: PacketReader, length: number): RecordData['DNSKEY'] {
  const data = reader.bytes(length)
  const [, , protocol, algorithm] = data
  if (protocol !== 3 || algorithm === undefined) throw new Unreadable()
  return {flags: data.readUInt16BE(0), algorithm, keyTag: keyTag(data)}
}

/** A checksum over the record's data, by which a DS names a key (RFC 4034 appendix B). */
function keyTag(data: Buffer): number {
  const sum = data.reduce((total, byte, at) => total + (at % 2 === 0 ? byte << 8 : byte), 0)
  return (sum + (sum >> 16)) & 0xffff
}

/** RFC 4034 §5.1. */
function readDigest(reader: PacketReader, length: number): RecordData['DS'] {
  const [tag, algorithm, digestType] = [reader.u16(), reader.u8(), reader.u8()]
  return {keyTag: tag, algorithm, digestType, digest: reader.bytes(length - 4).toString('hex')}
}

/** RFC 6698 §2.1. */
function readCertificate(reader: PacketReader, length: number): RecordData['TLSA'] {
  const [usage, selector, matchingType] = [reader.u8(), reader.u8(), reader.u8()]
  return {usage, selector, matchingType, certificate: reader.bytes(length - 3).toString('hex')}
}
