import {createSocket} from 'node:dgram'
import {once} from 'node:events'
import {answerFor} from './dns-zones.ts'

// A DNS server that knows ten thousand domains and does little work: what is measured is who asks.
// node bench/dns-server.ts PORT LATENCY_MS, and one address of 127.0.0.0/8 for each role.
const [port, latencyMs] = process.argv.slice(2).map(Number)
const roles = {
  '127.0.0.31': 'resolver',
  '127.0.0.32': 'parent',
  '127.0.0.33': 'authority',
  '127.0.0.34': 'authority',
} as const

for (const [address, role] of Object.entries(roles)) {
  const socket = createSocket({type: 'udp4', recvBufferSize: 4 << 20, sendBufferSize: 4 << 20})
  // What was asked before is answered from memory, all but the id: the one who asks shares two cores with this.
  const known = new Map<string, Buffer>()
  socket.on('message', (packet, from) => {
    const question = packet.toString('latin1', 2)
    const answer = known.get(question) ?? answerFor(role, packet).subarray(2)
    known.set(question, answer)
    const send = () => socket.send([packet.subarray(0, 2), answer], from.port, from.address)
    if (latencyMs) setTimeout(send, latencyMs)
    else send()
  })
  socket.bind(port, address)
  await once(socket, 'listening')
}
process.send?.('ready')
