import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {blocklistCheck} from '../../src/dns/blocklist/check.ts'
import {fullCheck} from '../../src/dns/check/full.ts'
import {findingKinds} from '../../src/dns/check/kinds.ts'
import {checkDomain} from '../../src/dns/check-domain.ts'
import {missingPrograms, skipNote} from '../support/dns/daemon.ts'
import {behaviours, startTree} from '../support/dns/fake-tree.ts'
import {startPolicyServer} from '../support/dns/policy-server.ts'
import {startWorld, type World, worldPrograms} from '../support/dns/world.ts'
import {type Case, fileOf, named, nameOf, zonesOf} from './codes/case.ts'
import {delegationCases} from './codes/delegation-cases.ts'
import {mailCases} from './codes/mail-cases.ts'
import {namedHosts, reputationCases, zonesOfOthers} from './codes/reputation-cases.ts'

const cases: Readonly<Record<string, Case>> = {...delegationCases, ...mailCases, ...reputationCases}

/** What no zone on a real server can show, and why. */
const notShown = {
  NS_APEX_CNAME: 'Knot and NSD load no zone that has a CNAME at its own name.',
  REC_MISSING:
    'Every family of records says more exactly what is missing, by a code of its own; this one stands behind.',
  BL_TIMEOUT: 'A real resolver that gets no answer says SERVFAIL; only one that is silent itself leads to a time-out.',
}

const codeOf = (title: string) => title.replace(/ \(.*\)$/, '')

describe.skipIf(missingPrograms(...worldPrograms).length > 0)(
  `on real servers${skipNote(missingPrograms(...worldPrograms))}`,
  () => {
    let world: World
    let web: Awaited<ReturnType<typeof startPolicyServer>>
    beforeAll(async () => {
      const {parent, primary, secondary} = zonesOf(cases)
      const policies = Object.entries(cases).map(([code, {policy = ''}]): [string, string] => {
        return [`mta-sts.${nameOf(code)}`, named(policy, nameOf(code))]
      })
      web = await startPolicyServer(Object.fromEntries(policies))
      world = await startWorld({parent: [...parent, ...namedHosts], primary, secondary, others: zonesOfOthers})
    })
    afterAll(async () => {
      await world?.stop()
      await web?.close()
    })

    it.each(Object.keys(cases))('%s is found', async (title) => {
      const one = cases[title] ?? {}
      const zone = nameOf(title)
      await one.before?.(world, zone, (more, serial) => fileOf(zone, one, more, serial))
      const dns = world.open()
      const text = JSON.stringify({records: one.stored ?? []})
      const document: unknown = JSON.parse(named(text, zone))
      const subject = {domain: named(one.domain ?? '%', zone), document, senders: [one.sender ?? usualSender]}
      const more = {...fullCheck(dns, null), extras: {fetchText: web.fetchText}}
      const {findings, muted} = await checkDomain(dns, subject, more)
      dns.client.close()
      const codes = [...findings, ...muted].map((finding) => finding.code)
      expect(codes).toContain(codeOf(title))
      // Else a zone file is wrong, and only one of the servers has it.
      expect(codes.includes('NS_SERVFAIL')).toBe(title === 'NS_SERVFAIL')
    })
  },
)

const usualSender = {ip: '192.0.2.25', helo: 'mail.penguin.test'}

it('BL_TIMEOUT is found where the resolver is silent', async () => {
  const tree = await startTree()
  tree.resolver.behaviour = behaviours.silent
  const dns = tree.open()
  const {findings} = await blocklistCheck(dns.lookup)('192.0.2.25')
  dns.client.close()
  await tree.close()
  expect(new Set(findings.map(({code}) => code))).toEqual(new Set(['BL_TIMEOUT']))
})

it('NS_APEX_CNAME is found where the servers of a zone say that its name is an alias', async () => {
  const tree = await startTree()
  const alias = {name: 'acme.example', type: 'CNAME', ttl: 60, data: 'www.elsewhere.example'} as const
  for (const server of tree.own) {
    const answer = server.behaviour
    server.behaviour = (exchange) =>
      exchange.question.name === alias.name ? exchange.reply({answers: [alias]}) : answer(exchange)
  }
  const dns = tree.open()
  const {findings, verdicts} = await checkDomain(dns, {
    domain: 'acme.example',
    document: {records: [{record_type: 'SPF', name: '@', value: 'v=spf1 -all'}]},
    senders: [],
  })
  dns.client.close()
  await tree.close()
  expect(new Set(findings.map(({code}) => code))).toEqual(new Set(['NS_APEX_CNAME']))
  expect(findings[0]?.message).toBe(
    `ns1.acme.example (${tree.own[0].address}:${tree.port}) is a name server of acme.example, but has a CNAME at acme.example itself, to www.elsewhere.example, where the zone has its SOA and NS. Remove the CNAME; what its target has, such as addresses, can be published in its place.`,
  )
  expect(verdicts).toMatchObject([{state: 'unknown', status: 'error', error: findings[0]?.message}])
})

it('every code has a zone on real servers, or a reason why not', () => {
  const shown = new Set(Object.keys(cases).map(codeOf))
  const without = Object.keys(findingKinds).filter((code) => !shown.has(code))
  expect(without).toEqual(Object.keys(notShown))
})

it('no zone is there for a code that is none', () => {
  const codes = Object.keys(cases).map(codeOf)
  expect(codes.filter((code) => !Object.hasOwn(findingKinds, code))).toEqual([])
})
