import type {Answer} from '../answer.ts'
import {textOf} from '../live-answer.ts'
import {parseTagList, type TagList} from '../tag-list.ts'

/** The TXT records of a name that begin with a version, of which there may be one. */
export interface VersionedRecord extends TagList {
  answer: Answer<'TXT'>
  texts: readonly string[]
  /** A tag's value; of one that is there twice, the first. Null where it is missing. */
  value(name: string): string | null
}

/** Looks for `v=<version>` in an answer; the tags are those of the first. */
export function versionedRecord(answer: Answer<'TXT'>, version: string): VersionedRecord {
  if (answer.outcome !== 'found') return {answer, ...nothing}
  const all = answer.records.map(({data}) => textOf(data))
  const texts = all.filter((text) => /^v\s*=\s*([^;\s]*)/.exec(text)?.[1] === version)
  const list = parseTagList(texts[0] ?? '')
  return {answer, texts, ...list, value: (tag) => list.tags.find((one) => one.name === tag)?.value ?? null}
}

const nothing = {texts: [], tags: [], problems: [], value: () => null}
