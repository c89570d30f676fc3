import {type ExpectedRecord, selectorOf} from '../../rules/dns-record.ts'
import {checkDkim} from '../dkim/check.ts'
import {checkDmarc} from '../dmarc/check.ts'
import type {Finding} from '../finding.ts'
import type {Publishing} from '../publishing.ts'
import type {Expectation} from '../records/expectation.ts'
import {checkSpf} from '../spf/check.ts'
import type {SendingIp} from '../spf/situation.ts'
import type {Section} from './domain-check.ts'
import type {Ground} from './ground.ts'

/** What one family of checks found, and for which expected record of the document; null where none is stored. */
export interface FamilyFindings {
  section: Section
  position: number | null
  findings: readonly Finding[]
}

export interface Sending {
  ground: Ground
  /** What is stored and due. */
  expectations: readonly Expectation[]
  senders: readonly SendingIp[]
}

/** What a domain's records mean for its mail. Each family asks for what it needs to know. */
export async function checkFamilies(sending: Sending): Promise<FamilyFindings[]> {
  const families = await Promise.all([spf(sending), dkim(sending), dmarc(sending)])
  return families.flat()
}

/** The domain itself has to have a policy even where none is stored. */
function spf({ground, expectations, senders}: Sending): Promise<FamilyFindings[]> {
  const stored = of(expectations, 'SPF')
  const targets = [...(stored.some(({name}) => name === ground.domain) ? [] : [undefined]), ...stored]
  return Promise.all(
    targets.map(async (expectation) => {
      const domain = expectation?.name ?? ground.domain
      const own = domain === ground.domain ? senders : []
      const target = {...publishing(ground, domain, expectation), expected: expectation?.value ?? null, senders: own}
      const {findings} = await checkSpf(ground.source, target)
      return {section: 'spf', position: expectation?.position ?? null, findings}
    }),
  )
}

/** Without a stored key there is no selector to look at. */
function dkim({ground, expectations}: Sending): Promise<FamilyFindings[]> {
  return Promise.all(
    of(expectations, 'DKIM').map(async (expectation) => {
      const {record, name, position, value: stored} = expectation
      const selector = selectorOf(record) ?? ''
      const domain = below(name, `${selector}._domainkey`)
      const target = {...publishing(ground, domain, expectation), selector, stored}
      const {findings} = await checkDkim(ground.source, target)
      return {section: 'dkim', position, findings}
    }),
  )
}

function dmarc({ground, expectations}: Sending): Promise<FamilyFindings[]> {
  const stored = of(expectations, 'DMARC')
  const own = `_dmarc.${ground.domain}`
  const targets = [...(stored.some(({name}) => name === own) ? [] : [undefined]), ...stored]
  return Promise.all(
    targets.map(async (expectation) => {
      const domain = below(expectation?.name ?? own, '_dmarc')
      const target = {...publishing(ground, domain, expectation), stored: expectation?.value ?? null}
      const {findings} = await checkDmarc(ground.source, target)
      return {section: 'dmarc', position: expectation?.position ?? null, findings}
    }),
  )
}

function of(expectations: readonly Expectation[], type: ExpectedRecord['record_type']): Expectation[] {
  return expectations.filter(({record}) => record.record_type === type)
}

function publishing({zone}: Ground, domain: string, expectation: Expectation | undefined): Publishing {
  return {domain, zone: zone?.name ?? domain, ttl: expectation?.record.ttl ?? 3600}
}

/** The domain that a name such as `_dmarc.acme.example` is about. */
function below(name: string, label: string): string {
  return name.slice(label.length + 1)
}
