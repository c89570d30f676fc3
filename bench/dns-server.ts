import {createSocket} from 'node:dgram'
import {once} from 'node:events'
import {answerFor, digitsOf} from './dns-zones.ts'

// A DNS server that knows ten thousand domains and does little work: what is measured is who asks, and shares two cores
// with this. node bench/dns-server.ts PORT LATENCY_MS, and one address of 127.0.0.0/8 for each role.
const [port, latencyMs] = process.argv.slice(2).map(Number)
const roles = {
  '127.0.0.31': 'resolver',
  '127.0.0.32': 'parent',
  '127.0.0.33': 'authority',
  '127.0.0.34': 'authority',
} as const
type Role = (typeof roles)[keyof typeof roles]

/** The number of a domain in its name as it is on the wire. */
const numberOf = /\d+(?=\x04test)/

/** Answers a question about one domain with what it answered about another, with the id, the name and the number changed. */
function answerer(role: Role): (packet: Buffer) => Buffer {
  const known = new Map<string, {answer: Buffer; digitsAt: number}>()
  return (packet) => {
    const name = packet.toString('latin1', 12)
    const number = numberOf.exec(name)?.[0] ?? ''
    const kind = name.replace(numberOf, '')
    const before = known.get(kind)
    if (!before) {
      const answer = answerFor(role, packet)
      known.set(kind, {answer, digitsAt: answer.indexOf(digitsOf(number))})
      return answer
    }
    const answer = Buffer.from(before.answer)
    packet.copy(answer, 0, 0, 2)
    packet.copy(answer, 12, 12, packet.indexOf(0, 12))
    if (before.digitsAt !== -1) answer.write(digitsOf(number), before.digitsAt, 'latin1')
    return answer
  }
}

for (const [address, role] of Object.entries(roles)) {
  const socket = createSocket({
    type: 'udp4',
    recvBufferSize: 4 << 20,
    sendBufferSize: 4 << 20,
    // Who asks is an address already.
    lookup: (host, _options, tell) => tell(null, host, 4),
  })
  const answerTo = answerer(role)
  socket.on('message', (packet, from) => {
    const send = () => socket.send(answerTo(packet), from.port, from.address)
    if (latencyMs) setTimeout(send, latencyMs)
    else send()
  })
  const listening = once(socket, 'listening')
  socket.bind(port, address)
  await listening
}
process.send?.('ready')
