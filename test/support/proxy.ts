import {once} from 'node:events'
import {connect, createServer, type Socket} from 'node:net'

/** Bytes on their way between pm and the server, as one side sent them: nearly always one message. */
export interface Packet {
  /** The how many-th connection through this proxy, from 1 on. */
  connection: number
  from: 'client' | 'server'
  data: Buffer
}

/** What becomes of a packet: it arrives, or the connection breaks before it arrived, or just after. */
export type Fate = 'deliver' | 'cut before' | 'cut after'

/** How pm's end of a cut connection breaks: closed in good order, or reset as by a firewall. */
export type Manner = 'closed' | 'reset'

/** A way to the server on which things happen. */
export interface ProxyServer {
  port: number
  /** Breaks the connections there are; new ones get through. */
  cut(): void
  /** Lets nobody through from now on; the connections there are stay. */
  refuse(): void
  stop(): Promise<void>
}

/** Stands between pm and the server on `port`; `decide` settles every packet's fate, and may take its time. */
export async function startProxy(
  port: number,
  decide: (packet: Packet) => Fate | Promise<Fate>,
  how: Manner = 'closed',
): Promise<ProxyServer> {
  const sockets = new Set<Socket>()
  let connections = 0
  let isDown = false
  const cut = () => {
    for (const socket of sockets) socket.destroy()
  }
  const server = createServer((client) => {
    if (isDown) return client.resetAndDestroy()
    connections += 1
    const connection = connections
    const upstream = connect(port, '127.0.0.1')
    for (const socket of [client, upstream]) sockets.add(socket.on('error', () => {}))
    const end = () => (how === 'reset' ? client.resetAndDestroy() : client.destroy())
    forward(client, upstream, end, (data) => decide({connection, from: 'client', data}))
    forward(upstream, client, end, (data) => decide({connection, from: 'server', data}))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    cut,
    refuse: () => {
      isDown = true
    },
    stop: async () => {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}

// In order: a packet waits for the fate of the one before.
function forward(from: Socket, to: Socket, breakOff: () => void, decide: (data: Buffer) => Fate | Promise<Fate>): void {
  let last = Promise.resolve()
  from.on('data', (data) => {
    last = last.then(async () => {
      if (to.destroyed) return
      const fate = await decide(data)
      if (fate === 'deliver') return void to.write(data)
      // end() delivers what it is given, and then closes: the other side learns both.
      if (fate === 'cut after') to.end(data)
      else to.destroy()
      breakOff()
    })
  })
  from.on('close', () => last.then(() => to.end()))
}
