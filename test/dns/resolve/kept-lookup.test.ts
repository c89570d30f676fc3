import {describe, expect, it} from 'vitest'
import type {Answer, FailureReason, RecordType} from '../../../src/dns/answer.ts'
import {keptLookup} from '../../../src/dns/resolve/kept-lookup.ts'

const server = {server: '192.0.2.53', transport: 'udp', ms: 1} as const
const absent = {
  ...server,
  outcome: 'absent',
  rcode: 'NXDOMAIN',
  aliases: [],
  authoritative: false,
  negativeTtl: 60,
} as const

function failed(reason: FailureReason): Answer {
  return {...server, outcome: 'failed', reason, detail: 'it did not'}
}

/** A lookup that answers so, and what it was asked. */
function answering(answer: Answer) {
  const asked: string[] = []
  const lookup = keptLookup(async (name: string, type: RecordType) => {
    asked.push(`${type} ${name}`)
    return answer as never
  })
  return {asked, lookup}
}

describe('keptLookup', () => {
  it('puts a question once, for all who ask meanwhile and afterwards', async () => {
    const {asked, lookup} = answering(absent)
    expect(await Promise.all([lookup('acme.test', 'A'), lookup('acme.test', 'A')])).toEqual([absent, absent])
    expect(await lookup('acme.test', 'A')).toBe(absent)
    expect(asked).toEqual(['A acme.test'])
  })

  it('tells names and types apart', async () => {
    const {asked, lookup} = answering(absent)
    await Promise.all([lookup('a.test', 'A'), lookup('b.test', 'A'), lookup('a.test', 'TXT')])
    expect(asked).toEqual(['A a.test', 'A b.test', 'TXT a.test'])
  })

  it.each(['SERVFAIL', 'REFUSED', 'rcode'] as const)('keeps that a server answers %s', async (reason) => {
    const {asked, lookup} = answering(failed(reason))
    await lookup('acme.test', 'A')
    expect(await lookup('acme.test', 'A')).toMatchObject({reason})
    expect(asked).toHaveLength(1)
  })

  it.each(['timeout', 'unreachable', 'malformed', 'no proof'] as const)('asks again after %s', async (reason) => {
    const {asked, lookup} = answering(failed(reason))
    await lookup('acme.test', 'A')
    await lookup('acme.test', 'A')
    expect(asked).toHaveLength(2)
  })
})
