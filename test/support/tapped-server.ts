import {once} from 'node:events'
import {connect, createServer} from 'node:net'
import {freePort} from './free-port.ts'

/** A way to the server that keeps everything a client says. */
export interface TappedServer {
  port: number
  said(): string
  close(): void
}

/** Stands between a client and the server on loopback, and listens. */
export async function tapServer(serverPort: number): Promise<TappedServer> {
  const port = await freePort()
  const heard: Buffer[] = []
  const tap = createServer((client) => {
    const server = connect(serverPort, '127.0.0.1')
    client.on('data', (data) => heard.push(data))
    client.pipe(server).pipe(client)
    for (const socket of [client, server]) socket.on('error', () => {})
  })
  tap.listen(port, '127.0.0.1')
  await once(tap, 'listening')
  return {port, said: () => Buffer.concat(heard).toString('latin1'), close: () => void tap.close()}
}
