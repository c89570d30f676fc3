import {randomInt} from 'node:crypto'
import type {RecordType} from '../answer.ts'
import {classIn, optionsType, typeNumbers} from './record-type.ts'

/** What a server is asked. */
export interface Question {
  /** As `queryName` gives it. */
  name: string
  type: RecordType
  /** Whether the server shall ask on for us (RD): yes of a resolver, no of an authority. */
  recursion: boolean
}

/** Fits a datagram that no path fragments (RFC 9715 §3.2). */
const udpPayloadSize = 1_232

/** An id nobody can guess (RFC 5452 §4.3). */
export function randomId(): number {
  return randomInt(0x1_0000)
}

/** Of one question, and nothing else (RFC 1035 §4.1.1). */
const header = Buffer.from([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0])

/** The record that says that we speak EDNS: no flags, no options (RFC 6891 §6.1.2). */
const options = Buffer.from([0, 0, optionsType, udpPayloadSize >> 8, udpPayloadSize & 0xff, 0, 0, 0, 0, 0, 0])

/**
 * The packet of a question (RFC 1035 §4.1): a header, the question, and with EDNS one record.
 * @param edns whether to say that we speak EDNS (RFC 6891)
 */
export function encodeQuery(id: number, {name, type, recursion}: Question, edns: boolean): Buffer {
  const end = header.length + (name === '.' ? 1 : name.length + 2)
  // Of the pool, and every byte written: a buffer of its own for each packet would take longer than all the rest.
  const packet = Buffer.allocUnsafe(end + 4 + (edns ? options.length : 0))
  packet.set(header)
  packet[0] = id >> 8
  packet[1] = id & 0xff
  packet[2] = recursion ? 1 : 0
  packet[11] = edns ? 1 : 0
  if (name !== '.') writeName(packet, name)
  packet[end - 1] = 0
  packet[end] = typeNumbers[type] >> 8
  packet[end + 1] = typeNumbers[type] & 0xff
  packet[end + 2] = 0
  packet[end + 3] = classIn
  if (edns) packet.set(options, end + 4)
  return packet
}

/** Before each label, where its dot would be, is its length. */
function writeName(packet: Buffer, name: string): void {
  let length = 0
  for (let at = name.length - 1; at >= 0; at -= 1) {
    const code = name.charCodeAt(at)
    const isDot = code === dot
    packet[header.length + 1 + at] = isDot ? length : code
    length = isDot ? 0 : length + 1
  }
  packet[header.length] = length
}

const dot = '.'.charCodeAt(0)
