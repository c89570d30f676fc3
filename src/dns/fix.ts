import type {RecordType} from './answer.ts'
import type {Fix} from './finding.ts'

export interface RecordToPublish {
  /** The whole name, without the last dot. */
  name: string
  /** The zone the name is in, without the last dot. */
  zone: string
  type: RecordType
  /** As a registrar's form takes it: unquoted text for TXT, `10 mail.example.net.` for MX. */
  value: string
  ttl: number
}

/** A record in the forms a registrar's panel, a zone file and a script want it. */
export function fixOf({name, zone, type, value, ttl}: RecordToPublish): Fix {
  const data = type === 'TXT' ? quotedStrings(value) : escapedName(value)
  const line = `${escapedName(name)}. ${ttl} IN ${type} ${data}`
  return {host: hostIn(zone, name), name, type, value, ttl, zone_line: line, command: null}
}

/** The same record, for the panel of another zone. */
export function inZone(fix: Fix, zone: string): Fix {
  return {...fix, host: hostIn(zone, fix.name)}
}

/** Names as a zone file wants them: what means something there, or is no ASCII, is taken for itself (RFC 1035 §5.1). */
function escapedName(name: string): string {
  const asText = (character: string) =>
    /[!-~]/.test(character) ? `\\${character}` : Array.from(Buffer.from(character), decimal).join('')
  return name.replaceAll(/["$();@\\]|[^ -~]/gu, asText)
}

function decimal(byte: number): string {
  return `\\${String(byte).padStart(3, '0')}`
}

/**
 * The text of a TXT record as a zone file wants it: quoted strings of at most 255 bytes (RFC 1035 §3.3.14, §5.1).
 * BIND and NSD refuse a longer one.
 */
export function quotedStrings(text: string): string {
  const bytes = Buffer.from(text)
  const strings = []
  for (let at = 0; at < bytes.length || at === 0; at += 255) strings.push(quoted(bytes.subarray(at, at + 255)))
  return strings.join(' ')
}

function hostIn(zone: string, name: string): string {
  const [zoneEnd, whole] = [`.${zone.toLowerCase()}`, name.toLowerCase()]
  if (whole === zone.toLowerCase()) return '@'
  return whole.endsWith(zoneEnd) ? name.slice(0, -zoneEnd.length) : name
}

function quoted(bytes: Buffer): string {
  const text = bytes.toString('latin1')
  return `"${/^[ !#-[\]-~]*$/.test(text) ? text : Array.from(bytes, escaped).join('')}"`
}

function escaped(byte: number): string {
  if (byte < 0x20 || byte > 0x7e) return decimal(byte)
  const character = String.fromCharCode(byte)
  return character === '"' || character === '\\' ? `\\${character}` : character
}
