/** A packet that ends too early or breaks the rules. */
export class Unreadable extends Error {}

/** A byte this high or higher begins a pointer to where a name goes on (RFC 1035 §4.1.4). */
export const firstPointer = 0xc0

/** The longest label, and the most bytes of all labels with the length before each (RFC 1035 §3.1). */
const [longestLabel, mostBytes] = [63, 254]

/** A name has 127 labels at most, and who writes it has no use for more pointers than labels. */
const mostPointers = 127

/** Where a name ends, its pointers not followed. @throws Unreadable */
export function afterName(packet: Buffer, start: number): number {
  let at = start
  for (let size = byteAt(packet, at); size !== 0; size = byteAt(packet, at)) {
    if (size >= firstPointer) return at + 2
    at += 1 + size
  }
  return at + 1
}

/** Where a pointer leads: always to before where the name began, so that none goes round. @throws Unreadable */
export function pointerAt(packet: Buffer, at: number, before: number): number {
  const to = ((byteAt(packet, at) - firstPointer) << 8) | byteAt(packet, at + 1)
  if (to >= before) throw new Unreadable()
  return to
}

/**
 * The name that begins there, in lower case, without the last dot. A dot within a label has a backslash before it, as in a
 * zone file. @throws Unreadable
 */
export function nameAt(packet: Buffer, start: number): string {
  let [at, begin, pointers, bytes, length] = [start, start, 0, 0, 0]
  for (let size = byteAt(packet, at); size !== 0; size = byteAt(packet, at)) {
    if (size >= firstPointer) {
      pointers += 1
      if (pointers > mostPointers) throw new Unreadable()
      begin = pointerAt(packet, at, begin)
      at = begin
      continue
    }
    bytes += 1 + size
    const end = at + 1 + size
    if (size > longestLabel || bytes > mostBytes || end > packet.length) throw new Unreadable()
    if (length > 0) text[length++] = dot
    length = copyLabel(packet, at + 1, end, length)
    at = end
  }
  return length === 0 ? '.' : textOf(length)
}

/** Whether the labels that begin there are those of a name as `queryName` gives it, in whatever case. */
export function isNameAt(packet: Buffer, start: number, name: string): boolean {
  let at = start
  for (let from = 0; from < name.length && name !== '.'; ) {
    const dotAt = name.indexOf('.', from)
    const to = dotAt === -1 ? name.length : dotAt
    if (packet[at] !== to - from) return false
    for (at += 1; from < to; from += 1, at += 1) {
      if (lower(packet[at] ?? 0) !== name.charCodeAt(from)) return false
    }
    from += 1
  }
  return packet[at] === 0
}

/** Where a name is put together: each byte may have a backslash before it. */
const text = Buffer.allocUnsafe(2 * mostBytes)
const [dot, backslash] = [0x2e, 0x5c]

/** Puts a label at the end of the text. @returns how long the text is then */
function copyLabel(packet: Buffer, start: number, end: number, length: number): number {
  let to = length
  for (let at = start; at < end; at += 1) {
    const byte = packet[at] ?? 0
    if (byte === dot) text[to++] = backslash
    text[to++] = lower(byte)
  }
  return to
}

function textOf(length: number): string {
  for (let at = 0; at < length; at += 1) {
    if ((text[at] ?? 0) > 0x7f) return text.toString('utf8', 0, length).toLowerCase()
  }
  return text.toString('latin1', 0, length)
}

function lower(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte
}

function byteAt(packet: Buffer, at: number): number {
  const byte = packet[at]
  if (byte === undefined) throw new Unreadable()
  return byte
}
