import type {Answer} from '../answer.ts'
import type {Finding} from '../finding.ts'
import {textOf} from '../live-answer.ts'
import {quote} from '../quote.ts'
import type {Report} from '../report.ts'
import type {TagList} from '../tag-list.ts'
import type {ExtraCode} from './kinds.ts'

/** The TXT records of a name that begin with a version, of which there may be one. */
export interface VersionedRecord extends TagList {
  answer: Answer<'TXT'>
  texts: readonly string[]
  /** Of each record that begins almost so, why it is none: sentences. */
  nearMisses: readonly string[]
  /** A tag's value; of one that is there twice, the first. Null where it is missing. */
  value(name: string): string | null
}

/**
 * Looks for `v=<version>` in an answer; the tags are those of the first.
 * @param read how such a record is to be read
 */
export function versionedRecord(
  answer: Answer<'TXT'>,
  version: string,
  read: (text: string) => TagList,
): VersionedRecord {
  if (answer.outcome !== 'found') return {answer, ...nothing}
  const all = answer.records.map(({data}) => textOf(data))
  const texts = all.filter((text) => hasVersion(read(text), version))
  const almost = all.filter((text) => !texts.includes(text) && isMeantAs(text, version))
  const nearMisses = almost.map(
    (text) => `${quote(text)} is not taken for one: that begins with exactly “v=${version};”.`,
  )
  const list = read(texts[0] ?? '')
  return {answer, texts, nearMisses, ...list, value: (tag) => list.tags.find((one) => one.name === tag)?.value ?? null}
}

const nothing = {texts: [], nearMisses: [], tags: [], problems: [], value: () => null}

/** Says that a name has no such record, and what is there that was meant as one. */
export function noRecord(
  report: Report<ExtraCode>,
  code: ExtraCode,
  message: string,
  {nearMisses}: VersionedRecord,
): Finding {
  const level = nearMisses.length > 0 ? 'warning' : 'info'
  return report(code, [message, ...nearMisses].join(' '), {level})
}

function hasVersion({tags}: TagList, version: string): boolean {
  const [first] = tags
  return first?.at === 0 && first.name === 'v' && first.value === version
}

function isMeantAs(text: string, version: string): boolean {
  const begin = text
    .slice(0, 64)
    .replaceAll(/[\s"']/g, '')
    .toLowerCase()
  return begin.startsWith(`v=${version.toLowerCase()}`)
}
