import type {Finding} from '../finding.ts'
import type {CheckedRecord} from '../records/check-record.ts'
import {evidenceOf} from '../records/evidence.ts'

/** The finding with what every server says, where it is about a record that every server was asked for. */
export function witnessed(finding: Finding, records: readonly CheckedRecord[]): Finding {
  const {name, type} = finding
  const record = records.find(({expectation}) => expectation.name === name && expectation.type === type)
  return record ? {...finding, live: evidenceOf(record.expectation, record.views)} : finding
}
