import {createSocket} from 'node:dgram'
import {once} from 'node:events'
import {existsSync, readdirSync, readlinkSync} from 'node:fs'
import {setTimeout as wait} from 'node:timers/promises'
import {afterEach, beforeEach, describe, expect, it} from 'vitest'
import {DnsClient} from '../../../src/dns/wire/client.ts'
import type {Question} from '../../../src/dns/wire/query.ts'
import {type Behaviour, encodeReply, type FakeServer, startFake, txtRecord} from '../../support/dns/fake-server.ts'
import {freePort} from '../../support/free-port.ts'

const patience = {udpMs: [150, 300], tcpMs: 300}
const question: Question = {name: 'acme.test', type: 'TXT', recursion: false}
const good: Behaviour = ({reply}) => reply({answers: [txtRecord('acme.test', 'v=spf1 -all')]})

let server: FakeServer
let client: DnsClient

beforeEach(async () => {
  server = await startFake(good)
  client = new DnsClient({patience})
})
afterEach(async () => {
  client.close()
  await server.close()
})

async function ask(over: Partial<Question> = {}, transport?: 'tcp') {
  const {ms, ...reply} = await client.ask(server, {...question, ...over}, transport)
  expect(ms).toBeGreaterThanOrEqual(0)
  return reply
}
const label = () => `127.0.0.1:${server.port}`

describe('a good answer', () => {
  it('is read whole, with who gave it', async () => {
    server.behaviour = ({reply}) =>
      reply({
        rcode: 'NXDOMAIN',
        recursionAvailable: true,
        authorities: [
          {
            name: 'Acme.TEST',
            type: 'SOA',
            ttl: 900,
            data: {mname: 'NS1.acme.test', rname: 'host.acme.test', serial: 7, minimum: 60},
          },
        ],
      })
    expect(await ask()).toEqual({
      outcome: 'reply',
      server: label(),
      transport: 'udp',
      response: {
        id: expect.any(Number),
        rcode: 'NXDOMAIN',
        authoritative: true,
        recursionAvailable: true,
        truncated: false,
        answers: [],
        authorities: [
          {
            name: 'acme.test',
            type: 'SOA',
            ttl: 900,
            data: {mname: 'ns1.acme.test', rname: 'host.acme.test', serial: 7, minimum: 60},
          },
        ],
        additionals: [],
      },
    })
  })

  it('comes over TCP where it does not fit a datagram, and where that is asked for', async () => {
    const long = 'x'.repeat(200)
    const answers = Array.from({length: 20}, () => txtRecord('acme.test', long))
    server.behaviour = ({reply, transport}) => reply(transport === 'udp' ? {truncated: true} : {answers})
    const reply = await ask()
    expect(reply).toMatchObject({outcome: 'reply', transport: 'tcp'})
    expect(reply.outcome === 'reply' && reply.response.answers).toHaveLength(20)
    expect(server.asked).toEqual(['udp acme.test TXT', 'tcp acme.test TXT'])
    expect(await ask({name: 'b.test'}, 'tcp')).toMatchObject({outcome: 'reply', transport: 'tcp'})
    expect(server.asked.slice(2)).toEqual(['tcp b.test TXT'])
  })

  it('may repeat the question in another case', async () => {
    server.behaviour = ({id, raw, question: {type}}) => {
      const packet = encodeReply(id, {name: 'ACME.test', type}, {})
      raw(packet)
    }
    expect(await ask()).toMatchObject({outcome: 'reply', response: {rcode: 'NOERROR'}})
  })

  it('comes on the second try where the first is lost', async () => {
    server.behaviour = (incoming) => incoming.transport === 'udp' && server.asked.length > 1 && good(incoming)
    expect(await ask()).toMatchObject({outcome: 'reply', transport: 'udp'})
    expect(server.asked.filter((asked) => asked.startsWith('udp'))).toHaveLength(2)
  })

  it('comes over TCP where UDP never gets through', async () => {
    server.behaviour = (incoming) => incoming.transport === 'tcp' && good(incoming)
    expect(await ask()).toMatchObject({outcome: 'reply', transport: 'tcp'})
    expect(server.asked).toEqual(['udp acme.test TXT', 'udp acme.test TXT', 'tcp acme.test TXT'])
  })

  it('comes over UDP where TCP is open and says nothing, and over TCP where the second datagram is lost too', async () => {
    server.behaviour = (incoming) => incoming.transport === 'udp' && incoming.edns && replyLate(incoming)
    expect(await ask()).toMatchObject({outcome: 'reply', transport: 'udp'})
    server.behaviour = (incoming) => incoming.transport === 'tcp' && replyLate(incoming)
    expect(await ask({name: 'b.test'})).toMatchObject({outcome: 'reply', transport: 'tcp'})
  })

  it('comes without EDNS from a server that does not understand it, which is asked without from then on', async () => {
    const spoke: boolean[] = []
    server.behaviour = (incoming) => {
      spoke.push(incoming.edns)
      if (incoming.edns) incoming.reply({rcode: 'FORMERR'})
      else good(incoming)
    }
    expect(await ask()).toMatchObject({outcome: 'reply', response: {rcode: 'NOERROR'}})
    await ask({name: 'b.test'})
    expect(spoke).toEqual([true, false, false])
  })

  it('comes without EDNS for all that were asked with it before that was learned', async () => {
    server.behaviour = (incoming) => {
      const {edns, question: asked} = incoming
      if (!edns) incoming.reply({answers: [txtRecord(asked.name, 'fine')]})
      else setTimeout(() => incoming.reply({rcode: 'FORMERR'}), asked.name === 'late.test' ? 60 : 0)
    }
    const replies = await Promise.all([ask(), ask({name: 'late.test'})])
    expect(replies).toMatchObject([{response: {rcode: 'NOERROR'}}, {response: {rcode: 'NOERROR'}}])
  })
})

describe('what is asked', () => {
  it('is asked each time', async () => {
    await Promise.all([ask(), ask()])
    await ask()
    expect(server.asked).toHaveLength(3)
  })

  it('asks for recursion only where it shall', async () => {
    const desired: boolean[] = []
    server.behaviour = (incoming) => {
      desired.push(incoming.recursionDesired)
      good(incoming)
    }
    await ask()
    await ask({recursion: true})
    expect(desired).toEqual([false, true])
  })

  it('is never more than the limits at once', async () => {
    client.close()
    client = new DnsClient({patience: {udpMs: [2_000], tcpMs: 2_000}, inFlight: 6})
    const other = await startFake(good)
    let [open, most] = [0, 0]
    for (const fake of [server, other]) {
      fake.behaviour = (incoming) => {
        open += 1
        most = Math.max(most, open)
        setTimeout(() => {
          open -= 1
          good({...incoming})
        }, 5)
      }
    }
    const names = Array.from({length: 40}, (_, at) => `n${at}.test`)
    const replies = await Promise.all(
      [server, other].flatMap((fake) => names.map((name) => client.ask(fake, {...question, name}))),
    )
    expect(replies.filter(({outcome}) => outcome === 'reply')).toHaveLength(80)
    expect(most).toBeLessThanOrEqual(6)
    await other.close()
  })

  it('is more at once the more the server answers, and less where it loses what it is asked', async () => {
    client.close()
    client = new DnsClient({patience: {udpMs: [2_000, 2_000], tcpMs: 2_000}})
    /** How many of so many questions come before any is answered. */
    const first = async (count: number, behaviour: Behaviour) => {
      const held: Parameters<Behaviour>[0][] = []
      server.behaviour = (incoming) => incoming.transport === 'udp' && held.push(incoming)
      const answers = Array.from({length: count}, (_, at) => ask({name: `n${at}.test`}))
      for (let before = -1; before < held.length; await wait(100)) before = held.length
      const came = held.length
      server.behaviour = good
      for (const incoming of held) behaviour(incoming)
      await Promise.all(answers)
      return came
    }
    expect(await first(200, good)).toBe(64)
    expect(await first(150, () => {})).toBe(150)
    expect(await first(200, good)).toBeLessThan(200)
  })

  it('comes from ports that change', async () => {
    await Promise.all(Array.from({length: 600}, (_, at) => ask({name: `n${at}.test`})))
    expect(new Set(server.sourcePorts).size).toBeGreaterThan(3)
  })
})

describe('what is no answer', () => {
  const failed = (reason: string, transport: 'udp' | 'tcp' = 'tcp') => ({
    outcome: 'failed',
    reason,
    detail: expect.any(String),
    server: label(),
    transport,
  })

  it('is learned in time from a server that answered before and is gone', async () => {
    const gone = await startFake(good)
    const askGone = (name: string) => client.ask(gone, {...question, name})
    expect(await askGone('a.test')).toMatchObject({outcome: 'reply'})
    await gone.close()
    const replies = await Promise.all(Array.from({length: 12}, (_, at) => askGone(`n${at}.test`)))
    for (const reply of replies) expect(reply).toMatchObject({outcome: 'failed'})
    expect(await askGone('b.test')).toMatchObject({outcome: 'failed'})
  })

  it('silence is a timeout, after all tries', async () => {
    server.behaviour = () => {}
    expect(await ask()).toEqual({...failed('timeout'), detail: 'no answer within 0.3 s'})
  })

  it('an answer that comes late is not taken for another', async () => {
    server.behaviour = ({question: {name}, transport, reply}) => {
      const delay = transport === 'udp' && name === 'late.test' ? 900 : 0
      setTimeout(() => reply({answers: [txtRecord(name, name)]}), delay)
    }
    const late = ask({name: 'late.test'})
    expect(await late).toMatchObject({outcome: 'reply', transport: 'tcp'})
    const others = await Promise.all(Array.from({length: 50}, (_, at) => ask({name: `n${at}.test`})))
    expect(others.every((reply) => reply.outcome === 'reply' && reply.transport === 'udp')).toBe(true)
  })

  it('another id is nothing over UDP, and another question is malformed', async () => {
    server.behaviour = ({id, raw, transport, question: {type}}) => {
      if (transport === 'udp') raw(encodeReply((id + 1) & 0xffff, {name: 'acme.test', type}, {}))
    }
    expect(await ask()).toMatchObject(failed('timeout'))
    server.behaviour = ({id, raw, transport}) => {
      if (transport === 'udp') raw(encodeReply(id, {name: 'evil.test', type: 'TXT'}, {}))
    }
    expect(await ask()).toMatchObject(failed('malformed', 'udp'))
  })

  it('silence over UDP is told where nobody takes a connection', async () => {
    const silent = createSocket('udp4')
    silent.bind(0, '127.0.0.1')
    await once(silent, 'listening')
    const reply = await client.ask({address: '127.0.0.1', port: silent.address().port}, question)
    silent.close()
    expect(reply).toMatchObject({outcome: 'failed', reason: 'timeout', transport: 'udp'})
  })

  it('a truncated answer is no silence, where TCP says nothing', async () => {
    server.behaviour = ({transport, question: {name}, reply}) => {
      if (transport === 'udp') reply(name === 'big.test' ? {truncated: true} : {answers: [txtRecord(name, 'small')]})
    }
    for (let at = 0; at < 4; at += 1) expect(await ask({name: 'big.test'})).toMatchObject(failed('timeout'))
    expect(await ask()).toMatchObject({outcome: 'reply', transport: 'udp'})
  })

  it('a forged packet before the good answer does no harm', async () => {
    server.behaviour = (incoming) => {
      const {id, raw} = incoming
      raw(encodeReply(id, {name: 'evil.test', type: 'TXT'}, {}))
      raw(encodeReply((id + 1) & 0xffff, {name: 'acme.test', type: 'TXT'}, {}))
      raw(Buffer.from('rubbish'))
      raw(Buffer.alloc(0))
      good(incoming)
    }
    expect(await ask()).toMatchObject({outcome: 'reply', response: {answers: [{name: 'acme.test'}]}})
  })

  it('rubbish under the right id is malformed', async () => {
    server.behaviour = ({id, raw}) => {
      const packet = Buffer.alloc(40, 0xff)
      packet.writeUInt16BE(id)
      raw(packet)
    }
    expect(await ask()).toMatchObject(failed('malformed', 'udp'))
  })

  it.each(['SERVFAIL', 'REFUSED', 'NOTIMP'] as const)(
    '%s is a reply like any other, with or without the question',
    async (rcode) => {
      server.behaviour = ({id, raw, reply}) => {
        if (server.asked.length % 2 === 0) return reply({rcode})
        const packet = Buffer.alloc(12)
        packet.writeUInt16BE(id)
        packet.writeUInt16BE(0x8000 | {SERVFAIL: 2, REFUSED: 5, NOTIMP: 4}[rcode], 2)
        raw(packet)
      }
      expect(await ask()).toMatchObject({outcome: 'reply', response: {rcode, answers: []}})
      expect(await ask({name: 'b.test'})).toMatchObject({outcome: 'reply', response: {rcode, answers: []}})
    },
  )

  it('a closed port is unreachable at once', async () => {
    const port = await freePort()
    const reply = await client.ask({address: '127.0.0.1', port}, question)
    expect(reply).toMatchObject({outcome: 'failed', reason: 'unreachable', transport: 'udp'})
    expect(reply.ms).toBeLessThan(150)
  })

  it.each([2, 3, 8])('a closed port is unreachable for all of %d that are asked at once', async (count) => {
    const port = await freePort()
    const names = Array.from({length: count}, (_, at) => `n${at}.test`)
    const replies = await Promise.all(
      names.map((name) => client.ask({address: '127.0.0.1', port}, {...question, name})),
    )
    const transports = replies.map((reply) => [reply.outcome === 'failed' && reply.reason, reply.transport])
    expect(transports).toEqual(names.map(() => ['unreachable', 'udp']))
  })

  it('an address that no route leads to is unreachable', async () => {
    const reply = await client.ask({address: '255.255.255.255', port: 53}, question)
    expect(reply).toMatchObject({outcome: 'failed', reason: 'unreachable'})
  })

  it.each([
    ['hangs up', ({hangUp}) => hangUp()],
    ['promises 65,535 bytes and sends few', ({raw}) => raw(Buffer.from([0xff, 0xff, 1, 2, 3]))],
    ['sends without end', ({raw}) => flood(raw)],
    ['sends an empty message', ({raw}) => raw(Buffer.alloc(2))],
    ['says nothing', () => {}],
  ] satisfies [string, Behaviour][])('TCP that %s fails in time', async (_, behaviour) => {
    server.behaviour = behaviour
    expect((await ask({}, 'tcp')).outcome).toBe('failed')
  })
})

describe('a server that is down', () => {
  it('is left alone after three questions in vain, so that it cannot hold up the rest', async () => {
    server.behaviour = () => {}
    for (const name of ['a.test', 'b.test', 'c.test']) await ask({name})
    const asked = server.asked.length
    expect(await ask({name: 'd.test'})).toMatchObject({
      outcome: 'failed',
      reason: 'timeout',
      detail: 'it left the last questions unanswered and is not asked for now',
    })
    expect(server.asked).toHaveLength(asked)
  })
})

describe('the end of a run', () => {
  it('rejects whoever waits with the reason, over UDP, over TCP and in the queue', async () => {
    const run = new AbortController()
    client.close()
    client = new DnsClient({patience: {udpMs: [5_000], tcpMs: 5_000}, signal: run.signal, inFlight: 2})
    server.behaviour = () => {}
    const waiting = [
      client.ask(server, question),
      client.ask(server, question, 'tcp'),
      client.ask(server, {...question, name: 'queued.test'}),
    ]
    setTimeout(() => run.abort(new Error('Ctrl-C')), 50)
    const results = await Promise.allSettled(waiting)
    expect(results.map((result) => result.status === 'rejected' && result.reason.message)).toEqual([
      'Ctrl-C',
      'Ctrl-C',
      'Ctrl-C',
    ])
    await expect(client.ask(server, question)).rejects.toThrow('Ctrl-C')
  })

  it.runIf(existsSync(openFiles))('leaves no socket and no timer behind', async () => {
    server.behaviour = () => {}
    await settled()
    const before = count()
    const busy = new DnsClient({patience: {udpMs: [5_000], tcpMs: 5_000}})
    const waiting = [busy.ask(server, question), busy.ask(server, question, 'tcp')].map((reply) =>
      reply.catch(() => {}),
    )
    await settled()
    expect(count()).toEqual({sockets: before.sockets + 3, timers: before.timers + 2})
    busy.close()
    await Promise.all(waiting)
    await settled()
    expect(count()).toEqual(before)
  })

  it('is also the end where it came before the beginning', async () => {
    const late = new DnsClient({signal: AbortSignal.abort(new Error('over'))})
    await expect(late.ask(server, question)).rejects.toThrow('over')
  })
})

/** Behind the first try, within the second. */
function replyLate({reply}: Parameters<Behaviour>[0]): void {
  setTimeout(() => reply({answers: [txtRecord('acme.test', 'v=spf1 -all')]}), 200)
}

const openFiles = '/proc/self/fd'

/** Sockets and timers of this process; both ends of a connection are in it. */
function count() {
  const sockets = readdirSync(openFiles).filter((file) => isSocket(`${openFiles}/${file}`)).length
  const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  return {sockets, timers}
}

function isSocket(file: string): boolean {
  try {
    return readlinkSync(file).startsWith('socket:')
  } catch {
    // The folder's own descriptor is closed by now.
    return false
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

function flood(raw: (bytes: Uint8Array) => void): void {
  raw(Buffer.from([0xff, 0xff]))
  for (let at = 0; at < 100; at += 1) raw(Buffer.alloc(10_000))
}
