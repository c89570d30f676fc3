import {selectorOf} from '../../rules/dns-record.ts'
import {checkDkim} from '../dkim/check.ts'
import {checkDmarc, type DmarcFacts} from '../dmarc/check.ts'
import {checkSpf} from '../spf/check.ts'
import {type FamilyFindings, positionsOf, publishing, type Subject, storedTargets, targetsWith} from './subject.ts'

/** Who may send; the sending addresses are those of the domain itself. */
export function spfFamilies(subject: Subject): Promise<FamilyFindings>[] {
  const {ground, senders} = subject
  return targetsWith(ground.domain, subject, 'SPF').map(async (target): Promise<FamilyFindings> => {
    const {name, stored} = target
    const own = name === ground.domain ? senders : []
    const to = {...publishing(ground, name, stored), expected: stored[0]?.value ?? null, senders: own}
    const {findings} = await checkSpf(ground.source, to)
    return {section: 'spf', positions: positionsOf(target), findings}
  })
}

/** The keys that mail is signed with; without a stored one there is no selector to look at. */
export function dkimFamilies(subject: Subject): Promise<FamilyFindings>[] {
  const {ground} = subject
  return storedTargets(subject, 'DKIM').flatMap((target) =>
    target.stored.map(async ({record, value, position}): Promise<FamilyFindings> => {
      const selector = selectorOf(record) ?? ''
      const domain = above(target.name, `${selector}._domainkey`)
      const to = {...publishing(ground, domain, target.stored), selector, stored: value}
      const {findings} = await checkDkim(ground.source, to)
      return {section: 'dkim', positions: [position], findings}
    }),
  )
}

/** What receivers shall do with mail that fails; with what was read of the domain itself. */
export async function dmarcFamily(
  subject: Subject,
): Promise<{families: FamilyFindings[]; own: DmarcFacts | undefined}> {
  const {ground} = subject
  const own = `_dmarc.${ground.domain}`
  const checked = await Promise.all(
    targetsWith(own, subject, 'DMARC').map(async (target) => {
      const {name, stored} = target
      const to = {...publishing(ground, above(name, '_dmarc'), stored), stored: stored[0]?.value ?? null}
      return {target, ...(await checkDmarc(ground.source, to))}
    }),
  )
  const families = checked.map(
    ({target, findings}): FamilyFindings => ({section: 'dmarc', positions: positionsOf(target), findings}),
  )
  return {families, own: checked.find(({target}) => target.name === own)?.facts}
}

/** The domain that a name such as `_dmarc.acme.example` is about. */
function above(name: string, label: string): string {
  return name.slice(label.length + 1)
}
