import {connect, isIP, type Socket} from 'node:net'
import {connect as secure} from 'node:tls'
import type {Server} from './connection.ts'

/** What a server hands out at connection start so that its work can be cancelled from another connection. */
export interface BackendKey {
  processID: number
  secretKey: number
}

const sslRequestCode = 80_877_103
const cancelRequestCode = 80_877_102
const giveUpAfterMs = 3_000

/**
 * Sends PostgreSQL's CancelRequest (protocol, "Canceling Requests in Progress"). `pg_cancel_backend` would miss behind
 * PgBouncer, whose process ids are made up. Never throws: a cancel that does not arrive leaves a query that times out.
 */
export async function requestCancel(server: Server, key: BackendKey): Promise<void> {
  const plain = server.host.startsWith('/')
    ? connect(`${server.host}/.s.PGSQL.${server.port}`)
    : connect(server.port, server.host)
  plain.setTimeout(giveUpAfterMs, () => plain.destroy())
  plain.on('error', () => plain.destroy())
  const closed = new Promise<void>((resolve) => plain.once('close', () => resolve()))
  plain.once('connect', () => {
    if (server.tls) upgrade(plain, server.host, server.tls.ca, (socket) => socket.end(cancelMessage(key)))
    else plain.end(cancelMessage(key))
  })
  await closed
}

function upgrade(plain: Socket, host: string, ca: string | undefined, use: (socket: Socket) => void): void {
  plain.write(int32s(8, sslRequestCode))
  plain.once('data', (answer) => {
    if (answer.toString() !== 'S') return plain.destroy()
    // An address is verified, too, but may not be sent as a name (RFC 6066, 3).
    const name = isIP(host) ? {host} : {servername: host}
    const trust = {rejectUnauthorized: true, ...(ca === undefined ? {} : {ca})}
    const socket = secure({socket: plain, ...name, ...trust}, () => use(socket))
    socket.on('error', () => plain.destroy())
  })
}

function cancelMessage({processID, secretKey}: BackendKey): Buffer {
  return int32s(16, cancelRequestCode, processID, secretKey)
}

function int32s(...values: number[]): Buffer {
  const message = Buffer.alloc(values.length * 4)
  values.forEach((value, index) => {
    message.writeInt32BE(value | 0, index * 4)
  })
  return message
}
