import {checkExtras} from '../extras/check.ts'
import {checkReverse} from '../reverse/check.ts'
import {hostChecks, mxChecks} from './host-families.ts'
import {dkimChecks, dmarcChecks, ownDmarc, spfChecks} from './policy-families.ts'
import {type FamilyCheck, type FamilyFindings, type More, publishing, type Subject} from './subject.ts'

/** What a domain's records mean for its mail. Each family asks for what it needs to know, all at once. */
export async function checkFamilies(subject: Subject, more: More): Promise<FamilyFindings[]> {
  const [mx, dmarc] = [mxChecks(subject), dmarcChecks(subject)]
  const checks = [
    ...mx,
    ...dmarc,
    ...hostChecks(subject),
    ...spfChecks(subject),
    ...dkimChecks(subject),
    ...(more.blocklists ? reputationChecks(subject, more.blocklists) : []),
    ...(more.extras ? [extrasCheck(subject, more.extras, mx, dmarc)] : []),
  ]
  const checked = await Promise.all(checks.map(({checked}) => checked))
  return checks.map(({section, positions}, at) => ({section, positions, findings: checked[at]?.findings ?? []}))
}

function extrasCheck(
  {ground}: Subject,
  extras: NonNullable<More['extras']>,
  mx: ReturnType<typeof mxChecks>,
  dmarc: ReturnType<typeof dmarcChecks>,
): FamilyCheck {
  const {domain, source} = ground
  const target = {
    ...publishing(ground, domain, []),
    ...extras,
    mxHosts: async () => (await factsAt(mx, domain))?.records?.map(({host}) => host) ?? null,
    dmarc: async () => (await factsAt(dmarc, ownDmarc(ground)))?.policy ?? null,
  }
  return {section: 'extras', name: domain, positions: [], checked: checkExtras(source, target)}
}

/** What was read at a name. */
async function factsAt<Facts>(checks: readonly FamilyCheck<Facts>[], at: string): Promise<Facts | undefined> {
  return (await checks.find(({name}) => name === at)?.checked)?.facts
}

/** What is known of the addresses that send, and of the domain. */
function reputationChecks(
  {ground: {domain, source}, senders}: Subject,
  blocklists: NonNullable<More['blocklists']>,
): FamilyCheck[] {
  const of = (name: string, checked: FamilyCheck['checked']): FamilyCheck => {
    return {section: 'reputation', name, positions: [], checked}
  }
  return [
    ...senders.flatMap((sender) => [of(sender.ip, checkReverse(source, sender)), of(sender.ip, blocklists(sender.ip))]),
    of(domain, blocklists(domain)),
  ]
}
