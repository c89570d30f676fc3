import type {Finding} from '../finding.ts'
import type {CheckedRecord} from '../records/check-record.ts'
import type {FamilyFindings} from './subject.ts'
import {placeOf} from './witnessed.ts'

/**
 * What the records say in general, each its own, where no family says the same more exactly. An error that comes without a
 * fix has that of the family.
 */
export function withoutEchoes(
  records: readonly CheckedRecord[],
  families: readonly FamilyFindings[],
): (readonly Finding[])[] {
  if (records.every(({findings}) => findings.length === 0)) return records.map(({findings}) => findings)
  const all = families.flatMap(({findings}) => findings)
  const said = new Set(all.map(soundOf))
  const fixes = new Map(all.flatMap((finding) => (finding.fix ? [[placeOf(finding), finding.fix]] : [])))
  return records.map(({findings}) =>
    findings
      .filter(({code, name, type}) => {
        const level = echoes[code]
        return level === undefined || !said.has(soundOf({level, name, type}))
      })
      .map((one) => (one.level === 'error' && one.fix === null ? {...one, fix: fixes.get(placeOf(one)) ?? null} : one)),
  )
}

function soundOf({level, name, type}: Pick<Finding, 'level' | 'name' | 'type'>): string {
  return `${level} ${placeOf({name, type})}`
}

const echoes: Readonly<Record<string, Finding['level'] | undefined>> = {
  REC_MISSING: 'error',
  REC_MISMATCH: 'error',
  REC_UNKNOWN: 'unknown',
}
