import type {Finding} from '../finding.ts'
import type {CheckedRecord} from '../records/check-record.ts'
import {type RecordVerdict, verdictOf} from '../records/verdict.ts'
import type {FamilyFindings} from './subject.ts'

/**
 * The outcome for each expected record. One that is published as it should be and yet does not work, such as an SPF
 * record with too many look-ups, has failed too.
 * @param roots what is wrong with the domain as a whole
 */
export function verdicts(
  records: readonly CheckedRecord[],
  families: readonly FamilyFindings[],
  roots: readonly Finding[],
): RecordVerdict[] {
  return records.map((checked) => {
    const {position} = checked.expectation
    const own = families.filter((family) => family.positions.includes(position)).flatMap(({findings}) => findings)
    const broken = own.find(({level}) => level === 'error')
    const reason = () => reasonFor(checked, own, roots)
    const verdict = verdictOf(checked.expectation, checked.standing, checked.views, reason)
    return verdict.status === 'verified' && broken ? {...verdict, status: 'failed', error: broken.message} : verdict
  })
}

/**
 * Where nobody could be asked, what is wrong with the domain as a whole says why. Else the words of the family are the most
 * exact; but a cause that the record itself has, such as a doubled suffix, comes before them.
 */
function reasonFor(
  {findings, standing}: CheckedRecord,
  own: readonly Finding[],
  roots: readonly Finding[],
): Finding | undefined {
  const causes = findings.filter(({cause_of: effects}) => effects.length > 0)
  const reasons = [...causes, ...own, ...findings]
  return (standing.state === 'unknown' ? [...roots, ...reasons] : [...reasons, ...roots]).find(isGrave)
}

function isGrave({level}: Finding): boolean {
  return level === 'error' || level === 'unknown'
}

/** What the record says in general, where no family says the same more exactly. */
export function withoutEchoes({findings}: CheckedRecord, families: readonly FamilyFindings[]): Finding[] {
  const exact = families.flatMap((family) => family.findings)
  return findings.filter((finding) => {
    const level = echoes[finding.code]
    return !exact.some((other) => other.level === level && other.name === finding.name && other.type === finding.type)
  })
}

const echoes: Readonly<Record<string, Finding['level'] | undefined>> = {
  REC_MISSING: 'error',
  REC_MISMATCH: 'error',
  REC_UNKNOWN: 'unknown',
}
