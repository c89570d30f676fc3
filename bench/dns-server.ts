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
  socket.on('message', (packet, from) => {
    const answer = answerFor(role, packet)
    if (!latencyMs) socket.send(answer, from.port, from.address)
    else setTimeout(() => socket.send(answer, from.port, from.address), latencyMs)
  })
  socket.bind(port, address)
  await once(socket, 'listening')
}
process.send?.('ready')
