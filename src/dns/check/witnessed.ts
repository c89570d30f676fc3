import type {Finding} from '../finding.ts'
import type {CheckedRecord} from '../records/check-record.ts'
import {evidenceOf} from '../records/evidence.ts'

/** Gives findings what every server says, where they are about a record that every server was asked for. */
export function witness(records: readonly CheckedRecord[]): (finding: Finding) => Finding {
  const about = Map.groupBy(records, ({expectation}) => placeOf(expectation))
  return (finding) => {
    const [record] = about.get(placeOf(finding)) ?? []
    return record ? {...finding, live: evidenceOf(record.expectation, record.views)} : finding
  }
}

/** Which RRset a finding, or an expected record, is about. */
export function placeOf({name, type}: Pick<Finding, 'name' | 'type'>): string {
  return `${type} ${name}`
}
