import {readDnsDocument} from '../rules/dns-document.ts'
import type {DnsRecordType} from '../rules/dns-record.ts'
import type {DocumentProblem} from '../rules/dns-record-fields.ts'
import {isAliased, offAlias} from './check/aliased-fix.ts'
import {type CheckFinding, type DomainCheck, type Section, sections} from './check/domain-check.ts'
import {checkFamilies} from './check/families.ts'
import {findGround, type Ground, otherFindings} from './check/ground.ts'
import {mute} from './check/mute.ts'
import {withCommand} from './check/next-command.ts'
import {withPlacedFix} from './check/placed-fix.ts'
import {askCaches, checkRecords} from './check/records.ts'
import {type FamilyFindings, type More, targetsOf} from './check/subject.ts'
import {unproven} from './check/unproven.ts'
import {verdicts} from './check/verdicts.ts'
import {withoutEchoes} from './check/without-echoes.ts'
import {witness} from './check/witnessed.ts'
import type {Dns} from './dns.ts'
import type {Finding} from './finding.ts'
import {makeFinding} from './make-finding.ts'
import {expectationOf} from './records/expectation.ts'
import {recordKinds} from './records/kinds.ts'
import {unresolvedFindings} from './records/unresolved.ts'
import type {SendingIp} from './spf/situation.ts'
import {queryName} from './wire/query-name.ts'

/** A domain, with what shall be true of it. */
export interface DomainToCheck {
  domain: string
  /** Its `dns_records` document, as it is stored; undefined where pm does not know the domain. */
  document: unknown
  /** The addresses that send its mail, and what each says in HELO where that is known. */
  senders: readonly SendingIp[]
}

/**
 * Checks all of a domain's DNS, from its delegation down to its records, at the source and in caches. Rejects only with
 * the reason of the run's signal: whatever DNS does is among the findings.
 */
export async function checkDomain(
  dns: Dns,
  {domain: name, document, senders}: DomainToCheck,
  more: More = {},
): Promise<DomainCheck> {
  const {records, problems} = readDnsDocument(document ?? null)
  const placed = records.map((record) => expectationOf(record, queryName(name) ?? name))
  const caches = askCaches(dns, placed)
  const ground = await findGround(dns, name)
  const targets = targetsOf(placed.filter(({record}) => !record.needs_deployment))
  const [checked, families] = await Promise.all([
    checkRecords(ground, caches, placed),
    ground.isFirm ? checkFamilies({ground, targets, senders}, more).then((all) => provenOf(all, ground)) : [],
  ])
  const general = withoutEchoes(checked, families)
  const witnessed = witness(checked)
  const others = otherFindings(ground)
  const roots = [...ground.delegation, ...others.delegation]
  const found = inOrder([
    {section: 'stored', findings: problems.map((problem) => storedFinding(ground.domain, problem))},
    {section: 'delegation', findings: roots},
    {section: 'zone', findings: [...ground.drift, ...others.drift, ...unresolvedFindings(checked)]},
    ...checked.map(({expectation}, at) => ({
      section: sectionOf[expectation.record.record_type],
      findings: general[at] ?? [],
    })),
    ...families.map(({section, findings}) => ({
      section,
      findings: findings.map(witnessed),
    })),
  ]).map((finding) => (document === undefined ? finding : withCommand(finding, ground.domain, placed)))
  const findings = await withFixesInPlace(found, ground)
  return {
    domain: ground.domain,
    zone: ground.zone?.name ?? null,
    ...mute(findings),
    verdicts: verdicts(checked, families, roots),
  }
}

/** With each fix for the zone that holds its record, and off the aliases beside which none can stand. */
async function withFixesInPlace(found: readonly CheckFinding[], ground: Ground): Promise<CheckFinding[]> {
  // Nothing is to be asked for where nothing is wrong.
  const beside = found.some((finding) => isAliased(finding, ground))
    ? await Promise.all(found.map((finding) => offAlias(finding, ground)))
    : found
  return beside.map((finding) => withPlacedFix(finding, ground))
}

// Blocklists and reverse DNS are no part of the domain: what they say is theirs.
function provenOf(families: readonly FamilyFindings[], ground: Ground): readonly FamilyFindings[] {
  if (ground.zone) return families
  return families.map((family) => {
    const {section, findings} = family
    return section === 'reputation'
      ? family
      : {...family, findings: findings.map((one) => unproven(one, ground.domain))}
  })
}

const sectionOf: Readonly<Record<DnsRecordType, Section>> = {
  SPF: 'spf',
  DKIM: 'dkim',
  DMARC: 'dmarc',
  MX: 'hosts',
  A: 'hosts',
  AAAA: 'hosts',
  CNAME: 'hosts',
}

function inOrder(parts: readonly Omit<FamilyFindings, 'positions'>[]): CheckFinding[] {
  const place = ({section}: {section: Section}) => sections.indexOf(section)
  return parts
    .flatMap(({section, findings}) => findings.map((finding) => ({...finding, section})))
    .sort((one, other) => place(one) - place(other))
}

function storedFinding(domain: string, {at, message}: DocumentProblem): Finding {
  return makeFinding(recordKinds, 'REC_STORED_INVALID', {
    subject: at,
    name: domain,
    message: `What is stored of ${domain} cannot be checked: ${at} ${message}.`,
  })
}
