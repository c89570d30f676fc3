import type {Question} from 'dns-packet'
import fc from 'fast-check'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {findingKinds} from '../../src/dns/check/kinds.ts'
import {checkDomain} from '../../src/dns/check-domain.ts'
import {renderSections} from '../../src/output/detail.ts'
import type {ExpectedRecord} from '../../src/rules/dns-record.ts'
import {doctorSections} from '../../src/views/doctor-sections.ts'
import {checkedDomain} from '../../src/views/domain-check.ts'
import {type Behaviour, encodeReply} from '../support/dns/fake-server.ts'
import {below, type FakeTree, startTree} from '../support/dns/fake-tree.ts'

const records: ExpectedRecord[] = [
  {record_type: 'SPF', name: '@', value: 'v=spf1 ip4:192.0.2.25 -all'},
  {
    record_type: 'DKIM',
    name: 's1._domainkey',
    value: 'v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  },
  {record_type: 'DMARC', name: '_dmarc', value: 'v=DMARC1; p=reject'},
  {record_type: 'MX', name: '@', value: 'mail.acme.example.', priority: 10},
]
const style = {color: false, width: 80, header: true, links: false, clock: {now: new Date(0), zone: 'iso'}} as const

let tree: FakeTree
beforeAll(async () => {
  tree = await startTree()
})
afterAll(() => tree.close())

/** Checks against servers that behave so, and draws what a person would see. */
async function seen(domain: string, behaviour: Behaviour): Promise<string> {
  for (const own of tree.own) own.behaviour = behaviour
  const dns = tree.open()
  try {
    const senders = [{ip: '192.0.2.25', helo: null}]
    const check = await checkDomain(dns, {domain, document: {records}, senders}, {extras: {}})
    return await renderSections(doctorSections(checkedDomain(null, check, null), findingKinds), style)
  } finally {
    dns.client.close()
  }
}

const isClean = (text: string) => !/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/.test(text)
const bytes = fc.oneof(
  fc.uint8Array({maxLength: 255}),
  fc
    .tuple(
      fc.constantFrom('v=spf1 ', 'v=DKIM1; p=', 'v=DMARC1; p=none; rua=', 'v=STSv1; id=', 'v=BIMI1; l='),
      fc.string({unit: 'binary', maxLength: 50}),
    )
    .map(([start, rest]) => Buffer.from(`${start}${rest}`).subarray(0, 255)),
)

/** An answer with some of its bytes changed, but for its question, without which it is not read. */
function damaged(id: number, question: Question, edits: readonly (readonly [number, number])[], cut: number): Buffer {
  const answers = below.filter((record) => record.name === question.name && record.type === question.type)
  const packet = encodeReply(id, question, {answers})
  const from = 12 + question.name.length + 6
  for (const [at, byte] of edits) if (from + at < packet.length) packet[from + at] = byte
  return packet.subarray(0, packet.length - cut)
}

describe('whatever servers say, a check ends, and the terminal is safe', () => {
  it('of records with any bytes in them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(bytes, {minLength: 1, maxLength: 3}), {minLength: 1, maxLength: 3}),
        async (texts) => {
          const behaviour: Behaviour = ({question, reply}) => {
            const {name, type} = question
            const others = below.filter((record) => record.name === name && record.type === type)
            const answers = texts.map((data) => ({
              name,
              type: 'TXT' as const,
              ttl: 60,
              data: data.map((one) => Buffer.from(one)),
            }))
            reply({answers: type === 'TXT' ? answers : others})
          }
          expect(isClean(await seen('acme.example', behaviour))).toBe(true)
        },
      ),
      {numRuns: 60},
    )
  }, 120_000)

  it('of packets with any bytes changed', async () => {
    const changes = fc.array(fc.tuple(fc.nat(200), fc.nat(255)), {minLength: 1, maxLength: 8})
    await fc.assert(
      fc.asyncProperty(changes, fc.nat(3), async (edits, cut) => {
        const behaviour: Behaviour = ({id, question, raw, transport}) => {
          const sent = damaged(id, question, edits, cut)
          const length = Buffer.alloc(2)
          length.writeUInt16BE(sent.length)
          raw(transport === 'tcp' ? Buffer.concat([length, sent]) : sent)
        }
        expect(isClean(await seen('acme.example', behaviour))).toBe(true)
      }),
      {numRuns: 25},
    )
  }, 120_000)

  it('of domains with any name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({unit: 'binary', maxLength: 80}), async (name) => {
        expect(isClean(await seen(name, ({reply}) => reply({rcode: 'NXDOMAIN'})))).toBe(true)
      }),
      {numRuns: 100},
    )
  }, 120_000)
})
