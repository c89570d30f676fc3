import {createSocket, type RemoteInfo, type Socket as UdpSocket} from 'node:dgram'
import {once} from 'node:events'
import {createServer, type Server, type Socket} from 'node:net'
import {type Answer, AUTHORITATIVE_ANSWER, decode, encode, type Packet, type Question} from 'dns-packet'

/** One question that came, and how to answer it. */
export interface Incoming {
  transport: 'udp' | 'tcp'
  id: number
  question: Question
  /** Whether the packet spoke EDNS. */
  edns: boolean
  recursionDesired: boolean
  /** Answers; what is not said is as it should be. May be called never, late, or more than once. */
  reply(packet: FakeReply): void
  /** Sends bytes as they are; over TCP without a length before them. */
  raw(bytes: Uint8Array): void
  /** Over TCP: closes the connection. */
  hangUp(): void
}

export interface FakeReply extends Packet {
  rcode?: 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED' | 'NOTAUTH'
  /** AA, RA and TC; an authority's answer unless said otherwise. */
  authoritative?: boolean
  recursionAvailable?: boolean
  truncated?: boolean
}

export type Behaviour = (incoming: Incoming) => void

const rcodes = {NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5, NOTAUTH: 9}

/** A DNS server inside the test, that does whatever the test wants: also what no real server would do. */
export class FakeServer {
  readonly address: string
  port = 0
  /** Every question that came: `udp acme.test TXT`. */
  readonly asked: string[] = []
  /** The ports that questions over UDP came from. */
  readonly sourcePorts: number[] = []
  behaviour: Behaviour
  readonly #udp: UdpSocket
  readonly #tcp: Server
  readonly #connections = new Set<Socket>()
  #closed = false

  constructor(behaviour: Behaviour, address = '127.0.0.1') {
    this.behaviour = behaviour
    this.address = address
    this.#udp = createSocket('udp4')
    this.#udp.on('message', (packet, from) => this.#overUdp(packet, from))
    this.#tcp = createServer((connection) => this.#overTcp(connection))
  }

  async listen(port = 0): Promise<this> {
    this.#tcp.listen(port, this.address)
    await once(this.#tcp, 'listening')
    const at = this.#tcp.address()
    this.port = typeof at === 'object' && at ? at.port : 0
    this.#udp.bind(this.port, this.address)
    await once(this.#udp, 'listening')
    return this
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const connection of this.#connections) connection.destroy()
    const closed = [once(this.#udp, 'close'), once(this.#tcp, 'close')]
    this.#udp.close()
    this.#tcp.close()
    await Promise.all(closed)
  }

  #overUdp(packet: Buffer, {port, address}: RemoteInfo): void {
    this.sourcePorts.push(port)
    const raw = (bytes: Uint8Array) => {
      if (!this.#closed) this.#udp.send(bytes, port, address)
    }
    this.#take('udp', packet, {raw, send: raw, hangUp: () => {}})
  }

  #overTcp(connection: Socket): void {
    this.#connections.add(connection)
    connection.on('close', () => this.#connections.delete(connection))
    connection.on('error', () => {})
    connection.on('data', (data) => {
      const raw = (bytes: Uint8Array) => connection.write(bytes)
      const send = (bytes: Uint8Array) => {
        const length = Buffer.alloc(2)
        length.writeUInt16BE(bytes.length)
        connection.write(Buffer.concat([length, bytes]))
      }
      this.#take('tcp', data.subarray(2), {raw, send, hangUp: () => connection.destroy()})
    })
  }

  #take(
    transport: 'udp' | 'tcp',
    packet: Buffer,
    way: {raw(bytes: Uint8Array): void; send(bytes: Uint8Array): void; hangUp(): void},
  ): void {
    const {id = 0, questions = [], additionals = [], flag_rd: recursionDesired} = decode(packet)
    const [question] = questions
    if (!question) return
    this.asked.push(`${transport} ${question.name} ${question.type}`)
    const edns = additionals.some(({type}) => type === 'OPT')
    const reply = (answer: FakeReply) => way.send(encodeReply(id, question, answer))
    this.behaviour({transport, id, question, edns, recursionDesired, reply, raw: way.raw, hangUp: way.hangUp})
  }
}

/** Starts a server that behaves as told, on loopback. */
export function startFake(behaviour: Behaviour, address?: string, port?: number): Promise<FakeServer> {
  return new FakeServer(behaviour, address).listen(port)
}

/** The packet of a reply. */
export function encodeReply(id: number, question: Question, answer: FakeReply): Buffer {
  const {rcode = 'NOERROR', authoritative = true, recursionAvailable = false, truncated = false, ...packet} = answer
  const flags =
    (authoritative ? AUTHORITATIVE_ANSWER : 0) |
    (truncated ? 1 << 9 : 0) |
    (recursionAvailable ? 1 << 7 : 0) |
    rcodes[rcode]
  return encode({type: 'response', id, flags, questions: [question], ...packet})
}

/** A TXT record of a name. */
export function txtRecord(name: string, text: string, ttl = 300): Answer {
  return {name, type: 'TXT', ttl, class: 'IN', data: [Buffer.from(text)]}
}
