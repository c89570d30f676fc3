import type {
  Answer,
  Failed,
  FailureReason,
  Lookup,
  RecordData,
  RecordType,
  ResourceRecord,
} from '../../../src/dns/answer.ts'

type Rows = {readonly [Type in RecordType]?: readonly RecordData[Type][]}

/** A name of which some types are known, and of the others nothing can be learned. */
interface HalfKnown {
  rows: Rows
  otherwise: FailureReason
}

/** Names and what they have; a reason instead of records means that nothing can be learned of the name. */
export type Zone = Readonly<Record<string, Rows | HalfKnown | FailureReason>>

const asked = {server: '192.0.2.53', transport: 'udp', ms: 1} as const

/** Answers from a table, as an authority would: for tests of what is made of the answers. Counts what is asked. */
export function zoneLookup(zone: Zone, ttl = 3600): Lookup & {asked: string[]} {
  const log: string[] = []
  const lookup: Lookup = async <Type extends RecordType>(name: string, type: Type): Promise<Answer<Type>> => {
    log.push(`${name} ${type}`)
    return resolve(zone, name.toLowerCase(), type, ttl, [])
  }
  return Object.assign(lookup, {asked: log})
}

function resolve<Type extends RecordType>(
  zone: Zone,
  name: string,
  type: Type,
  ttl: number,
  aliases: readonly ResourceRecord<'CNAME'>[],
): Answer<Type> {
  const entry = Object.hasOwn(zone, name) ? zone[name] : undefined
  if (typeof entry === 'string') return failed(entry)
  const {rows, otherwise} = entry && 'rows' in entry ? entry : {rows: entry, otherwise: null}
  const data = rows?.[type]
  if (data && data.length > 0) {
    const records = data.map((value) => ({name, type, ttl, data: value}))
    return {outcome: 'found', records, aliases, authoritative: true, ...asked}
  }
  const target = type === 'CNAME' ? undefined : rows?.CNAME?.[0]
  if (target !== undefined) {
    if (aliases.length === 8) return failed('alias loop')
    return resolve(zone, target, type, ttl, [...aliases, {name, type: 'CNAME', ttl, data: target}])
  }
  if (otherwise) return failed(otherwise)
  const rcode = rows ? 'NODATA' : 'NXDOMAIN'
  return {outcome: 'absent', rcode, aliases, authoritative: true, negativeTtl: 300, ...asked}
}

function failed(reason: FailureReason): Failed {
  return {outcome: 'failed', reason, detail: `test: ${reason}`, ...asked}
}

/** A TXT record's data: one character for each byte. */
export function txt(text: string): string {
  return Buffer.from(text).toString('latin1')
}
