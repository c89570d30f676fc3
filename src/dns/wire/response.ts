import {decode, type Answer as PacketRecord} from 'dns-packet'
import type {ResourceRecord} from '../answer.ts'
import {isWellFramed} from './frame.ts'
import type {Query} from './query.ts'
import {plainName, toRecord} from './record.ts'

/** What a server answered, read. */
export interface Response {
  id: number
  /** `NOERROR`, `NXDOMAIN`, `SERVFAIL` … */
  rcode: string
  /** The server is an authority for the name (AA). */
  authoritative: boolean
  /** The server asks on for others (RA): it is a resolver. */
  recursionAvailable: boolean
  /** There was more than fits the datagram (TC). */
  truncated: boolean
  answers: readonly ResourceRecord[]
  authorities: readonly ResourceRecord[]
  additionals: readonly ResourceRecord[]
}

/** The id of a packet, without reading more of it. */
export function idOf(packet: Buffer): number | undefined {
  return packet.length < 2 ? undefined : packet.readUInt16BE(0)
}

/** Reads what answers a query. Undefined where the packet cannot be read, or answers another question. */
export function readResponse(packet: Buffer, query: Query): Response | undefined {
  if (!isWellFramed(packet)) return undefined
  try {
    const decoded = decode(packet)
    return decoded.flag_qr && answersQuery(decoded, query) ? toResponse(decoded) : undefined
  } catch {
    return undefined
  }
}

type Decoded = ReturnType<typeof decode> & {rcode?: string}

// A server that could not read the query may send its error without the question.
const mayLackQuestion = new Set(['FORMERR', 'SERVFAIL', 'NOTIMP', 'REFUSED'])

function answersQuery({questions = [], rcode = ''}: Decoded, {name, type}: Query): boolean {
  const [question] = questions
  if (question === undefined) return mayLackQuestion.has(rcode)
  return plainName(question.name) === name && question.type === type && question.class === 'IN'
}

function toResponse(decoded: Decoded): Response {
  return {
    id: decoded.id ?? 0,
    rcode: rcodeOf(decoded),
    authoritative: decoded.flag_aa,
    recursionAvailable: decoded.flag_ra,
    truncated: decoded.flag_tc,
    answers: records(decoded.answers),
    authorities: records(decoded.authorities),
    additionals: records(decoded.additionals),
  }
}

/** The upper bits of a code are in the OPT record (RFC 6891 §6.1.3). */
function rcodeOf({rcode = '', additionals = []}: Decoded): string {
  const extended = additionals.find((record) => record.type === 'OPT')?.extendedRcode ?? 0
  return extended === 0 ? rcode : `extended RCODE ${extended}`
}

function records(section: readonly PacketRecord[] = []): readonly ResourceRecord[] {
  return section.length === 0 ? none : section.map(toRecord).filter((record) => record !== undefined)
}

const none: readonly ResourceRecord[] = []
