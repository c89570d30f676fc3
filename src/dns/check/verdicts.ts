import type {Finding} from '../finding.ts'
import type {CheckedRecord} from '../records/check-record.ts'
import {type RecordVerdict, verdictOf} from '../records/verdict.ts'
import {isWithin} from '../zone-names.ts'
import type {FamilyFindings} from './subject.ts'

/**
 * The outcome for each expected record. One that is published as it should be and yet does not work, such as an SPF
 * record with too many look-ups, has failed too.
 * @param roots what is wrong with the domain as a whole, and with other zones that its records are in
 */
export function verdicts(
  records: readonly CheckedRecord[],
  families: readonly FamilyFindings[],
  roots: readonly Finding[],
): RecordVerdict[] {
  const byPosition = findingsByPosition(families)
  return records.map((checked) => {
    const own = byPosition.get(checked.expectation.position) ?? []
    const broken = own.find(isBroken)
    const reason = () => reasonFor(checked, own, roots)
    const verdict = verdictOf(checked.expectation, checked.standing, checked.views, reason)
    return verdict.status === 'verified' && broken ? {...verdict, status: 'failed', error: broken.message} : verdict
  })
}

/**
 * Whether what is published does not work. An error with a fix of another type than TXT only says that a stored record is
 * missing: that is another one where this one is there.
 */
function isBroken({level, fix}: Finding): boolean {
  return level === 'error' && (fix === null || fix.type === 'TXT')
}

// A domain has thousands of records where it has a key for each of its customers.
function findingsByPosition(families: readonly FamilyFindings[]): ReadonlyMap<number, readonly Finding[]> {
  const all = families
    .filter(({findings}) => findings.length > 0)
    .flatMap(({positions, findings}) => positions.map((position) => ({position, findings})))
  const grouped = Map.groupBy(all, ({position}) => position)
  return new Map([...grouped].map(([position, own]) => [position, own.flatMap(({findings}) => findings)]))
}

/**
 * Where nobody could be asked, what is wrong with the zone that the record is in says why. Else the words of the family are
 * the most exact, of several those about this record; but a cause that the record itself has, such as a doubled suffix,
 * comes before them.
 */
function reasonFor(
  {expectation, findings, standing}: CheckedRecord,
  own: readonly Finding[],
  roots: readonly Finding[],
): Finding | undefined {
  const causes = findings.filter(({cause_of: effects}) => effects.length > 0)
  const exact = own.filter(({fix}) => fix?.value === expectation.value)
  const reasons = [...causes, ...exact, ...own, ...findings]
  const above = roots
    .filter((root) => isWithin(expectation.name, root.name))
    .sort((one, other) => other.name.length - one.name.length)
  const inOrder = standing.state === 'unknown' ? [...above, ...reasons] : [...reasons, ...above]
  return [...inOrder, ...roots].find(isGrave)
}

function isGrave({level}: Finding): boolean {
  return level === 'error' || level === 'unknown'
}
