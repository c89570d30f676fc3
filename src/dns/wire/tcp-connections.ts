import {connect, type Socket} from 'node:net'
import {malformed, type Outcome, timedOut, unreachable} from './outcome.ts'
import {encodeQuery, type Question, randomId} from './query.ts'
import {idOf, readResponse} from './response.ts'
import type {ServerAddress} from './server-address.ts'

/** Questions over TCP, a connection for each (RFC 7766). */
export class TcpConnections {
  readonly #open = new Map<Socket, (reason: unknown) => void>()
  #closed: {reason: unknown} | undefined

  async ask({address, port}: ServerAddress, question: Question, edns: boolean, timeoutMs: number): Promise<Outcome> {
    if (this.#closed) throw this.#closed.reason
    const id = randomId()
    const socket = connect({host: address, port, noDelay: true})
    const cancelled = new Promise<never>((_, reject) => this.#open.set(socket, reject))
    const timer = setTimeout(() => socket.destroy(new Late()), timeoutMs)
    try {
      socket.write(framed(encodeQuery(id, question, edns)))
      return answerOf(await Promise.race([firstMessage(socket), cancelled]), id, question)
    } catch (error) {
      if (error instanceof Late) return timedOut(timeoutMs)
      if (error instanceof Error && this.#open.has(socket)) return unreachable(error)
      throw error
    } finally {
      clearTimeout(timer)
      this.#open.delete(socket)
      socket.destroy()
    }
  }

  /** Closes all; whoever still waits is rejected with the reason. */
  close(reason: unknown): void {
    this.#closed = {reason}
    for (const [socket, reject] of [...this.#open]) {
      this.#open.delete(socket)
      reject(reason)
      socket.destroy()
    }
  }
}

class Late extends Error {}

/** Over TCP two bytes with the length come before each message (RFC 1035 §4.2.2). */
function framed(packet: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(packet.length)
  return Buffer.concat([length, packet])
}

/** The first whole message; what comes after it is not read, so that a server cannot send without end. */
function firstMessage(socket: Socket): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let received = 0
    let end = 2
    socket.on('data', (chunk: Buffer) => {
      received += chunk.length
      chunks.push(chunk)
      if (received < end) return
      const message = Buffer.concat(chunks)
      end = 2 + message.readUInt16BE(0)
      if (received < end) return
      socket.pause()
      resolve(message.subarray(2, end))
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the connection was closed before an answer')))
  })
}

function answerOf(message: Buffer, id: number, question: Question): Outcome {
  const response = idOf(message) === id ? readResponse(message, question) : undefined
  if (response?.truncated) return malformed('what came over TCP was cut short')
  return response ? {response} : malformed('what came over TCP cannot be read, or answers another question')
}
