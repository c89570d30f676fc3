import type {Finding} from '../finding.ts'
import type {CheckedRecord} from '../records/check-record.ts'
import type {Section} from './domain-check.ts'
import type {Ground} from './ground.ts'

/** What one family of checks found, and for which expected record of the document; null where none is stored. */
export interface FamilyFindings {
  section: Section
  position: number | null
  findings: readonly Finding[]
}

/** What a domain's records mean for its mail: each family asks what it needs to know. */
export async function checkFamilies(_ground: Ground, _records: readonly CheckedRecord[]): Promise<FamilyFindings[]> {
  return []
}
