import {selectorOf} from '../../rules/dns-record.ts'
import {checkDkim} from '../dkim/check.ts'
import {checkDmarc, type DmarcFacts} from '../dmarc/check.ts'
import {checkSpf} from '../spf/check.ts'
import {type FamilyCheck, positionsOf, publishing, type Subject, storedTargets, targetsWith} from './subject.ts'

/** Who may send; the sending addresses are those of the domain itself. */
export function spfChecks(subject: Subject): FamilyCheck[] {
  const {ground, senders} = subject
  return targetsWith(ground.domain, subject, 'SPF').map((target) => {
    const {name, stored} = target
    const own = name === ground.domain ? senders : []
    const to = {...publishing(ground, name, stored), expected: stored[0]?.value ?? null, senders: own}
    return {section: 'spf', name, positions: positionsOf(target), checked: checkSpf(ground.source, to)}
  })
}

/** The keys that mail is signed with; without a stored one there is no selector to look at. */
export function dkimChecks(subject: Subject): FamilyCheck[] {
  const {ground} = subject
  return storedTargets(subject, 'DKIM').flatMap(({name, stored}) =>
    stored.map(({record, value, position}) => {
      const selector = selectorOf(record) ?? ''
      const domain = above(name, `${selector}._domainkey`)
      const to = {...publishing(ground, domain, stored), selector, stored: value}
      return {section: 'dkim', name, positions: [position], checked: checkDkim(ground.source, to)}
    }),
  )
}

/** What receivers shall do with mail that fails; of the domain itself in any case. */
export function dmarcChecks(subject: Subject): FamilyCheck<DmarcFacts>[] {
  const {ground} = subject
  return targetsWith(ownDmarc(ground), subject, 'DMARC').map((target) => {
    const {name, stored} = target
    const to = {...publishing(ground, above(name, '_dmarc'), stored), stored: stored[0]?.value ?? null}
    return {section: 'dmarc', name, positions: positionsOf(target), checked: checkDmarc(ground.source, to)}
  })
}

/** Where the DMARC record of the domain itself is. */
export function ownDmarc({domain}: Subject['ground']): string {
  return `_dmarc.${domain}`
}

/** The domain that a name such as `_dmarc.acme.example` is about. */
function above(name: string, label: string): string {
  return name.slice(label.length + 1)
}
