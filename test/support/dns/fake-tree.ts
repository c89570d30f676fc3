import type {Answer as PacketRecord, Question} from 'dns-packet'
import {type Dns, openDns} from '../../../src/dns/dns.ts'
import {freePort} from '../free-port.ts'
import {type Behaviour, type FakeReply, type FakeServer, startFake, txtRecord} from './fake-server.ts'

/** `example`, and `acme.example` in it, on servers inside the test; what each does can be changed. */
export interface FakeTree {
  port: number
  /** Knows all there is, until told otherwise. */
  resolver: FakeServer
  /** Two servers of `example`. */
  parents: readonly [FakeServer, FakeServer]
  /** Two servers of `acme.example`. */
  own: readonly [FakeServer, FakeServer]
  open(): Dns
  close(): Promise<void>
}

/** Where they are, all at the same port. */
const at = {resolver: '127.0.1.1', parents: ['127.0.1.2', '127.0.1.3'], own: ['127.0.1.4', '127.0.1.5']} as const

/** What a zone says of itself. */
export const soa = {
  mname: 'ns1.example',
  rname: 'host.example',
  serial: 1,
  refresh: 1,
  retry: 1,
  expire: 1,
  minimum: 60,
}

const address = (name: string, data: string): PacketRecord => ({name, type: 'A', ttl: 60, data})
const server = (name: string, data: string): PacketRecord => ({name, type: 'NS', ttl: 60, data})

/** The records of `example`. */
export const above: readonly PacketRecord[] = [
  server('example', 'ns1.example'),
  server('example', 'ns2.example'),
  address('ns1.example', at.parents[0]),
  address('ns2.example', at.parents[1]),
]
/** What the servers of `example` refer to. */
export const delegation = [server('acme.example', 'ns1.acme.example'), server('acme.example', 'ns2.acme.example')]
const glue = [address('ns1.acme.example', at.own[0]), address('ns2.acme.example', at.own[1])]
/** The records of `acme.example`. */
export const below: readonly PacketRecord[] = [
  ...delegation,
  ...glue,
  {name: 'acme.example', type: 'SOA', ttl: 60, data: soa},
  {name: 'acme.example', type: 'MX', ttl: 60, data: {preference: 10, exchange: 'mail.acme.example'}},
  address('mail.acme.example', '192.0.2.25'),
  txtRecord('acme.example', 'v=spf1 ip4:192.0.2.25 -all'),
  txtRecord('_dmarc.acme.example', 'v=DMARC1; p=reject; rua=mailto:dmarc@acme.example'),
]

const silent: Behaviour = () => {}
const refusing: Behaviour = ({reply}) => reply({rcode: 'REFUSED', authoritative: false})
const failing: Behaviour = ({reply}) => reply({rcode: 'SERVFAIL', authoritative: false})
/** Says that nothing at all exists, as a resolver that is cut off from the world does. */
const cutOff: Behaviour = ({reply}) => reply({rcode: 'NXDOMAIN', authoritative: false, recursionAvailable: true})

/** How a server may misbehave. */
export const behaviours = {silent, refusing, failing, cutOff}

/** Answers from records, as a resolver, which knows nothing else. */
export function resolving(records: readonly PacketRecord[]): Behaviour {
  return ({question, reply}) => reply({...from(records, question), authoritative: false, recursionAvailable: true})
}

export async function startTree(): Promise<FakeTree> {
  const port = await freePort()
  const start = (behaviour: Behaviour, where: string) => startFake(behaviour, where, port)
  const resolver = await start(resolving([...above, ...below]), at.resolver)
  const parents = [await start(referring, at.parents[0]), await start(referring, at.parents[1])] as const
  const own = [await start(answering(below), at.own[0]), await start(answering(below), at.own[1])] as const
  return {
    port,
    resolver,
    parents,
    own,
    open: () => {
      const resolvers = [{address: at.resolver, port}]
      return openDns({resolvers, authorityPort: port, ipv6: false, patience: {udpMs: [100, 200], tcpMs: 200}})
    },
    close: async () => {
      await Promise.all([resolver, ...parents, ...own].map((fake) => fake.close()))
    },
  }
}

/** Answers from records, as an authority does. */
export function answering(records: readonly PacketRecord[]): Behaviour {
  return ({question, reply}) => reply(from(records, question))
}

/** Refers to the servers of `acme.example`, as those of `example` do. */
export const referring: Behaviour = ({question, reply}) =>
  reply(
    question.name.endsWith('acme.example')
      ? {authoritative: false, authorities: delegation, additionals: glue}
      : from(above, question),
  )

function from(records: readonly PacketRecord[], {name, type}: Question): FakeReply {
  const answers = records.filter((record) => record.name === name && [type, 'CNAME'].includes(record.type))
  if (answers.length > 0) return {answers}
  const rcode = records.some((record) => record.name === name) ? 'NOERROR' : 'NXDOMAIN'
  return {rcode, authorities: [{name: 'example', type: 'SOA', ttl: 60, data: soa}]}
}

/** The environment in which a command asks these servers and no others. */
export function environmentOf({port}: Pick<FakeTree, 'port'>): Record<string, string> {
  return {PM_DNS_SERVERS: `${at.resolver}:${port}`, PM_DNS_PORT: String(port)}
}
