import {checkExtras} from '../extras/check.ts'
import {checkReverse} from '../reverse/check.ts'
import {hostFamilies, mxFamily} from './host-families.ts'
import {dkimFamilies, dmarcFamily, spfFamilies} from './policy-families.ts'
import {type FamilyFindings, type More, publishing, type Subject} from './subject.ts'

/** What a domain's records mean for its mail. Each family asks for what it needs to know, all at once. */
export async function checkFamilies(subject: Subject, more: More): Promise<FamilyFindings[]> {
  const mx = mxFamily(subject)
  const dmarc = dmarcFamily(subject)
  const families = await Promise.all([
    mx.then((checked) => checked.families),
    dmarc.then((checked) => checked.families),
    ...hostFamilies(subject),
    ...spfFamilies(subject),
    ...dkimFamilies(subject),
    more.blocklists ? reputation(subject, more.blocklists) : [],
    more.extras ? extrasOf(subject, more.extras, mx, dmarc) : [],
  ])
  return families.flat()
}

async function extrasOf(
  {ground}: Subject,
  extras: NonNullable<More['extras']>,
  mx: ReturnType<typeof mxFamily>,
  dmarc: ReturnType<typeof dmarcFamily>,
): Promise<FamilyFindings[]> {
  const mxHosts = mx.then(({own}) => own?.records?.map(({host}) => host) ?? null)
  const policy = dmarc.then(({own}) => own?.policy?.policy ?? null)
  const target = {...publishing(ground, ground.domain, []), ...extras, mxHosts, dmarc: policy}
  // Those two are waited for here too: where nobody needs them, nobody else would hear of the end of the run.
  const [{findings}] = await Promise.all([checkExtras(ground.source, target), mxHosts, policy])
  return [{section: 'extras', positions: [], findings}]
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
