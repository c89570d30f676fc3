import {renderSections, type Section} from '../output/detail.ts'
import {type StyleFlags, styleFor} from './style.ts'
import type {Surroundings} from './surroundings.ts'

/** Sections for the person, to be said on stderr. */
export async function drawSections(
  sections: readonly Section[],
  around: Surroundings,
  flags: StyleFlags,
): Promise<string> {
  const text = await renderSections(sections, styleFor(around, flags, 'table', 'stderr'))
  return text.trimEnd()
}
