import type {RecordType, ResourceRecord} from '../answer.ts'
import type {PacketReader} from './packet-reader.ts'
import {dataReaders} from './record-data.ts'
import {classIn, optionsType, typeNumbers} from './record-type.ts'
import {Unreadable} from './wire-name.ts'

/** What OPT says beside its options (RFC 6891 §6.1.3). */
export interface Options {
  type: 'OPT'
  /** The upper bits of the RCODE. */
  extendedRcode: number
}

/**
 * Reads the record that comes next. Undefined where it has another class, or a type nobody here asks for.
 * @throws Unreadable
 */
export function readRecord(reader: PacketReader): ResourceRecord | Options | undefined {
  const name = reader.name()
  const number = reader.u16()
  const isInternet = reader.u16() === classIn
  const ttl = reader.u32()
  const length = reader.u16()
  const type = types.get(number)
  if (type === undefined || !isInternet) {
    reader.pass(length)
    return number === optionsType ? {type: 'OPT', extendedRcode: Math.trunc(ttl / 0x100_0000)} : undefined
  }
  const end = reader.at + length
  const data = dataReaders[type](reader, length)
  if (reader.at !== end) throw new Unreadable()
  // Seconds above 2^31 - 1 count as none (RFC 2181 §8).
  return {name, type, ttl: ttl > 0x7fff_ffff ? 0 : ttl, data}
}

const types = new Map(Object.entries(typeNumbers).map(([type, number]) => [number, type as RecordType]))
