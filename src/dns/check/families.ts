import type {DmarcFacts} from '../dmarc/check.ts'
import {checkExtras} from '../extras/check.ts'
import type {MxFacts} from '../mx/check.ts'
import {checkReverse} from '../reverse/check.ts'
import {hostFamilies, mxFamily} from './host-families.ts'
import {dkimFamily, dmarcFamily, spfFamily} from './policy-families.ts'
import {type FamilyFindings, type More, publishing, type Subject} from './subject.ts'

/** What a domain's records mean for its mail. Each family asks for what it needs to know, all at once. */
export async function checkFamilies(subject: Subject, more: More): Promise<FamilyFindings[]> {
  const [mx, dmarc, ...others] = await Promise.all([
    mxFamily(subject),
    dmarcFamily(subject),
    hostFamilies(subject),
    spfFamily(subject),
    dkimFamily(subject),
    more.blocklists ? reputation(subject, more.blocklists) : [],
  ])
  const extras = more.extras ? [await extrasOf(subject, more.extras, mx.own, dmarc.own)] : []
  return [...mx.families, ...dmarc.families, ...others.flat(), ...extras]
}

async function extrasOf(
  {ground}: Subject,
  extras: NonNullable<More['extras']>,
  mx?: MxFacts,
  dmarc?: DmarcFacts,
): Promise<FamilyFindings> {
  const mxHosts = mx?.records?.map(({host}) => host) ?? null
  const policy = dmarc?.policy?.policy ?? null
  const {findings} = await checkExtras(ground.source, {
    ...publishing(ground, ground.domain, []),
    ...extras,
    mxHosts,
    dmarc: policy,
  })
  return {section: 'extras', positions: [], findings}
}

/** What is known of the addresses that send, and of the domain. */
async function reputation(
  {ground, senders}: Subject,
  blocklists: NonNullable<More['blocklists']>,
): Promise<FamilyFindings[]> {
  const checks = await Promise.all([
    ...senders.flatMap((sender) => [checkReverse(ground.source, sender), blocklists(sender.ip)]),
    blocklists(ground.domain),
  ])
  return checks.map(({findings}) => ({section: 'reputation', positions: [], findings}))
}
