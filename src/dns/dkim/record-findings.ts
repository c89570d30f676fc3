import type {Finding} from '../finding.ts'
import type {Report} from '../report.ts'
import {locatedReason} from '../tag-list.ts'
import type {DkimCode} from './kinds.ts'
import {type DkimKey, fingerprint, isSameKey} from './public-key.ts'
import type {DkimProblem, DkimRecord} from './record.ts'

interface Against {
  storedKey: DkimKey | null
  domain: string
  /** The name the record really stands at, where a CNAME leads there. */
  target: string | null
}

/** What is wrong with the one record that is there. */
export function judgeRecord(report: Report<DkimCode>, record: DkimRecord, against: Against): Finding[] {
  const {storedKey, target} = against
  const cut = storedKey && !isSameKey(record.key, storedKey) ? cutOff(record, storedKey) : null
  const problems = cut ? record.problems.filter(({code}) => !aboutKey.has(code)) : record.problems
  const findings = [
    ...(cut ? [report('DKIM_KEY_TRUNCATED', cut)] : []),
    ...problemFindings(report, problems, against.domain),
    ...strength(report, record, against.domain),
    ...flagFindings(report, record),
  ]
  if (target !== null) return [targetFinding(report, record, target, storedKey), ...findings]
  return [...mismatch(report, record, storedKey), ...findings]
}

const aboutKey: ReadonlySet<DkimCode> = new Set(['DKIM_BAD_KEY', 'DKIM_KEY_TRUNCATED', 'DKIM_BAD_K'])

/** One finding for each code, with all that speaks for it. */
function problemFindings(report: Report<DkimCode>, problems: readonly DkimProblem[], domain: string): Finding[] {
  const codes = [...new Set(problems.map(({code}) => code))]
  return codes.map((code) => {
    const reasons = problems.filter((problem) => problem.code === code).map(locatedReason)
    if (code !== 'DKIM_PRIVATE_KEY') return report(code, reasons.join(' '))
    const advice = `Everybody can sign with it now. Make a new one: pm domain dkim rotate ${domain}`
    return report(code, [...reasons, advice].join(' '), {fix: null})
  })
}

/** The published key is the beginning of the stored one: how much of it, and why. */
function cutOff({base64, text}: DkimRecord, storedKey: DkimKey): string | null {
  const whole = Buffer.from(storedKey.der).toString('base64').replace(/=+$/, '')
  if (!base64 || base64.length >= whole.length || !whole.startsWith(base64)) return null
  const bytes = Math.floor((base64.length * 3) / 4)
  const where =
    text.length === 255
      ? 'the panel cut the record at 255 characters'
      : `the record ends after ${text.length} characters`
  return `The published key is the first ${bytes} of ${storedKey.der.length} bytes of the stored key: ${where}. Publish it as strings of at most 255 characters in one record.`
}

function mismatch(report: Report<DkimCode>, {key}: DkimRecord, storedKey: DkimKey | null): Finding[] {
  if (key === null || storedKey === null || isSameKey(key, storedKey)) return []
  const message = `The published key ${fingerprint(key)} is not the stored key ${fingerprint(storedKey)}: signatures of this selector fail.`
  return [report('DKIM_KEY_MISMATCH', message)]
}

function targetFinding(
  report: Report<DkimCode>,
  {key}: DkimRecord,
  target: string,
  storedKey: DkimKey | null,
): Finding {
  if (key === null) {
    const message = `The key is delegated to ${target}, and what is published there cannot be used. Its owner must mend it.`
    return report('DKIM_CNAME_TARGET', message, {level: 'error', fix: null})
  }
  if (storedKey === null || isSameKey(key, storedKey)) {
    return report('DKIM_CNAME_TARGET', `The key is delegated to ${target}, and it is right there.`, {fix: null})
  }
  const message = `The key is delegated to ${target}, whose key ${fingerprint(key)} is not the stored key ${fingerprint(storedKey)}. Its owner must publish the stored key, or the CNAME be replaced with the key itself.`
  return report('DKIM_CNAME_TARGET', message, {level: 'error'})
}

function strength(report: Report<DkimCode>, {key}: DkimRecord, domain: string): Finding[] {
  if (key?.type !== 'rsa') return []
  const {bits} = key
  const advice = `Make a new one of 2048 bits: pm domain dkim rotate ${domain}`
  if (bits < 1024) {
    return [
      report('DKIM_SHORT_1024', `The RSA key has ${bits} bits; receivers reject less than 1024. ${advice}`, {
        fix: null,
      }),
    ]
  }
  if (bits < 2048) return [report('DKIM_WEAK_2048', `The RSA key has ${bits} bits. ${advice}`, {fix: null})]
  if (bits > 4096) {
    return [
      report('DKIM_LONG_4096', `The RSA key has ${bits} bits; receivers need not take more than 4096. ${advice}`, {
        fix: null,
      }),
    ]
  }
  return []
}

function flagFindings(report: Report<DkimCode>, {flags}: DkimRecord): Finding[] {
  const found: Finding[] = []
  if (flags.includes('y')) found.push(report('DKIM_TESTING', 'The record has t=y. Take it out once mail is signed.'))
  if (flags.includes('s')) {
    const message = 'The record has t=s: sign with i= in exactly the domain of d=, or take it out.'
    found.push(report('DKIM_STRICT_DOMAIN', message, {fix: null}))
  }
  return found
}
