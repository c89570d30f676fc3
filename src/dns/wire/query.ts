import {randomInt} from 'node:crypto'
import {encode, type OptAnswer, type RecordType as PacketType, RECURSION_DESIRED} from 'dns-packet'
import type {RecordType} from '../answer.ts'

/** What a server is asked. */
export interface Question {
  /** As `queryName` gives it. */
  name: string
  type: RecordType
  /** Whether the server shall ask on for us (RD): yes of a resolver, no of an authority. */
  recursion: boolean
}

/** One packet of a question. */
export interface Query extends Question {
  /** Whether to say that we speak EDNS (RFC 6891). */
  edns: boolean
}

/** Fits a datagram that no path fragments (RFC 9715 §3.2). */
const udpPayloadSize = 1_232

/** An id nobody can guess (RFC 5452 §4.3). */
export function randomId(): number {
  return randomInt(0x1_0000)
}

/** The packet of a question. */
export function encodeQuery(id: number, {name, type, recursion, edns}: Query): Buffer {
  return encode({
    type: 'query',
    id,
    flags: recursion ? RECURSION_DESIRED : 0,
    // The package knows SPF (99), its types do not.
    questions: [{name, type: type as PacketType}],
    additionals: edns ? [options] : [],
  })
}

const options: OptAnswer = {
  type: 'OPT',
  name: '.',
  udpPayloadSize,
  extendedRcode: 0,
  ednsVersion: 0,
  flags: 0,
  flag_do: false,
  options: [],
}
