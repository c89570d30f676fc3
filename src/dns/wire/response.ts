import type {ResourceRecord} from '../answer.ts'
import {PacketReader} from './packet-reader.ts'
import type {Question} from './query.ts'
import {readRecord} from './record.ts'
import {classIn, typeNumbers} from './record-type.ts'
import {Unreadable} from './wire-name.ts'

/** What a server answered, read. */
export interface Response {
  id: number
  /** `NOERROR`, `NXDOMAIN`, `SERVFAIL` … */
  rcode: string
  /** The server is an authority for the name (AA). */
  authoritative: boolean
  /** The server asks on for others (RA): it is a resolver. */
  recursionAvailable: boolean
  /** There was more than fits the datagram (TC); then nothing of it is read, and it is to be asked for over TCP. */
  truncated: boolean
  answers: readonly ResourceRecord[]
  authorities: readonly ResourceRecord[]
  additionals: readonly ResourceRecord[]
}

/** The id of a packet, without reading more of it. */
export function idOf(packet: Buffer): number | undefined {
  return packet.length < 2 ? undefined : packet.readUInt16BE(0)
}

/** Reads what answers a question. Undefined where the packet cannot be read, or answers another. */
export function readResponse(packet: Buffer, asked: Question): Response | undefined {
  try {
    return read(new PacketReader(packet), asked)
  } catch (error) {
    if (error instanceof Unreadable) return undefined
    throw error
  }
}

/** A header, which says what follows it (RFC 1035 §4.1.1). */
function read(reader: PacketReader, asked: Question): Response | undefined {
  const id = reader.u16()
  const flags = reader.u16()
  const questions = reader.u16()
  const counts = {answers: reader.u16(), authorities: reader.u16(), additionals: reader.u16()}
  const isResponse = (flags & 0x8000) !== 0
  if (!isResponse) return undefined
  if (!repeats(reader, asked, questions, flags & 0xf)) return undefined
  const truncated = (flags & 0x0200) !== 0
  // It may end within a record, and what is there is not to be used (RFC 2181 §9).
  const answers = truncated ? empty : readSection(reader, counts.answers)
  const authorities = truncated ? empty : readSection(reader, counts.authorities)
  const additionals = truncated ? empty : readSection(reader, counts.additionals)
  return {
    id,
    rcode: rcodeOf((additionals.extendedRcode << 4) | (flags & 0xf)),
    authoritative: (flags & 0x0400) !== 0,
    recursionAvailable: (flags & 0x0080) !== 0,
    truncated,
    answers: answers.records,
    authorities: authorities.records,
    additionals: additionals.records,
  }
}

/** A server that could not read the query may send its error without the question. */
function repeats(reader: PacketReader, {name, type}: Question, questions: number, rcode: number): boolean {
  if (questions === 0) return mayLackQuestion.has(rcodes[rcode] ?? '')
  return questions === 1 && reader.passAsked(name) && reader.u16() === typeNumbers[type] && reader.u16() === classIn
}

const mayLackQuestion = new Set(['FORMERR', 'SERVFAIL', 'NOTIMP', 'REFUSED'])

/** IANA: DNS RCODEs. */
const rcodes: Readonly<Record<number, string>> = {
  0: 'NOERROR',
  1: 'FORMERR',
  2: 'SERVFAIL',
  3: 'NXDOMAIN',
  4: 'NOTIMP',
  5: 'REFUSED',
  6: 'YXDOMAIN',
  7: 'YXRRSET',
  8: 'NXRRSET',
  9: 'NOTAUTH',
  10: 'NOTZONE',
  16: 'BADVERS',
  23: 'BADCOOKIE',
}

/** @param code four bits of the header, and above them those of the OPT record (RFC 6891 §6.1.3) */
function rcodeOf(code: number): string {
  return rcodes[code] ?? `RCODE_${code}`
}

interface Section {
  records: readonly ResourceRecord[]
  /** The upper eight bits of the RCODE, as OPT has them. */
  extendedRcode: number
}

function readSection(reader: PacketReader, count: number): Section {
  if (count === 0) return empty
  let records = none
  let extendedRcode = 0
  for (let at = 0; at < count; at += 1) {
    const record = readRecord(reader)
    if (record?.type === 'OPT') extendedRcode ||= record.extendedRcode
    else if (record && records !== none) records.push(record)
    // An array that begins empty takes room for seventeen, and most sections have one record.
    else if (record) records = [record]
  }
  return {records, extendedRcode}
}

const none: ResourceRecord[] = []
const empty: Section = {records: none, extendedRcode: 0}
