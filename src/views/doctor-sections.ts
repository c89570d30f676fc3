import type {CheckFinding} from '../dns/check/domain-check.ts'
import type {FindingKind} from '../dns/finding.ts'
import type {RecordVerdict} from '../dns/records/verdict.ts'
import {fieldsSection, type Section} from '../output/detail.ts'
import type {Cell} from '../output/view.ts'
import {fixLines, liveLines} from './doctor-board.ts'
import {type CheckedDomain, checkedDomainView, levelMarks, recordCell} from './domain-check.ts'

type Kinds = Readonly<Record<string, FindingKind>>

/** What `pm domain doctor` tells a person as text: what is wrong in the order of causes, each with how to mend it. */
export function doctorSections(checked: CheckedDomain, kinds: Kinds): Section[] {
  const {findings, muted, verdicts} = checked
  return [
    fieldsSection(checked, checkedDomainView, ['domain', 'tenant', 'zone', 'outcome']),
    ...findings.map((finding) => findingSection(finding, kinds)),
    {title: 'Records', lines: verdicts.length > 0 ? verdicts.map(recordLine) : ['Nothing is expected of it.']},
    ...(muted.length > 0
      ? [{title: 'Gone when these are mended', lines: muted.map((one) => mutedLine(one, kinds))}]
      : []),
  ]
}

function findingSection(finding: CheckFinding, kinds: Kinds): Section {
  const {level, code, subject, message, expected, live, fix, references} = finding
  return {
    title: titleOf(finding, kinds),
    lines: [
      {...levelMarks[level], text: `${levelMarks[level].text} · ${subject} · ${code}`},
      broken(message),
      ...(expected === null ? [] : ['Expected:', broken(`  ${expected}`)]),
      ...(live.length > 0 ? ['Live:', ...liveLines(live).map((line) => broken(`  ${line}`))] : []),
      ...(fix === null ? [] : ['To publish:', ...fixLines(fix).map((line) => (line === '' ? line : `  ${line}`))]),
      ...(references.length > 0 ? [{text: references.join(', '), tone: 'dim' as const}] : []),
    ],
  }
}

function titleOf({code}: CheckFinding, kinds: Kinds): string {
  return kinds[code]?.title ?? code
}

function mutedLine(finding: CheckFinding, kinds: Kinds): Cell {
  return broken(`${titleOf(finding, kinds)}: ${finding.message}`)
}

function recordLine(verdict: RecordVerdict): Cell {
  const {text, ...cell} = recordCell(verdict)
  return {...cell, text: `${text}, ${verdict.status}`, breaks: true}
}

function broken(text: string): Cell {
  return {text, breaks: true}
}
