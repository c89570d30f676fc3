import type {Finding} from '../finding.ts'
import type {Report} from '../report.ts'
import type {DkimCode} from './kinds.ts'
import {looksLikeDkim, parseDkim} from './parse-record.ts'
import {type DkimKey, isSameKey} from './public-key.ts'
import type {DkimRecord} from './record.ts'

/** Several TXT records where one is meant to be, and which of them to keep. */
export function multipleFinding(
  report: Report<DkimCode>,
  records: readonly DkimRecord[],
  storedKey: DkimKey | null,
): Finding {
  return report(
    'DKIM_MULTIPLE',
    `${records.length} TXT records are there, and only one may be. ${advice(records, storedKey)}`,
  )
}

function advice(records: readonly DkimRecord[], storedKey: DkimKey | null): string {
  if (areHalves(records, storedKey)) {
    return 'They are the two halves of one key: make them two strings of one record.'
  }
  if (records.some(({key}) => isSameKey(key, storedKey))) {
    return 'One of them has the stored key: keep that one and remove the rest.'
  }
  const keys = records.filter(({text}) => looksLikeDkim(text)).length
  if (keys === 1) return 'One of them is a DKIM key: keep that one and remove the rest.'
  return `${keys === 0 ? 'None of them is a DKIM key' : 'None of them has the stored key'}: replace them all.`
}

/** A panel that takes 255 characters at a time makes two records of what should be two strings. */
function areHalves(records: readonly DkimRecord[], storedKey: DkimKey | null): boolean {
  const [one, other, ...more] = records.map(({text}) => text)
  if (one === undefined || other === undefined || more.length > 0) return false
  if (records.some(({key}) => key !== null)) return false
  return [one + other, other + one].some((whole) => {
    const {key} = parseDkim(whole)
    return key !== null && (storedKey === null || isSameKey(key, storedKey))
  })
}
