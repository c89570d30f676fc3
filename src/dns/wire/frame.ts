const headerLength = 12

/** More than any honest response holds; every record costs time to read. */
const mostRecords = 256

/**
 * Whether a packet is what its header says: so many questions and records, each within the packet, and not absurdly
 * many. Checked before anything is read from it, because a reader that trusts the counts can be kept busy for long.
 */
export function isWellFramed(packet: Buffer): boolean {
  if (packet.length < headerLength) return false
  const questions = packet.readUInt16BE(4)
  const records = packet.readUInt16BE(6) + packet.readUInt16BE(8) + packet.readUInt16BE(10)
  if (questions > 1 || records > mostRecords) return false
  let at = headerLength
  for (let question = 0; question < questions; question += 1) at = afterName(packet, at) + 4
  for (let record = 0; record < records && at <= packet.length; record += 1) at = afterRecord(packet, at)
  return at <= packet.length
}

/** Where the record that begins here ends; beyond the packet where it does not. */
function afterRecord(packet: Buffer, start: number): number {
  const at = afterName(packet, start) + 10
  return at > packet.length ? at : at + packet.readUInt16BE(at - 2)
}

/** Where the name that begins here ends, compression pointers not followed (RFC 1035 §4.1.4). */
function afterName(packet: Buffer, start: number): number {
  let at = start
  for (let length = packet[at]; length !== undefined; length = packet[at]) {
    if (length === 0) return at + 1
    if (length >= 0xc0) return at + 2
    if (length >= 0x40) break
    at += length + 1
  }
  return packet.length + 1
}
