import {fieldsSection, renderSections, type Section} from '../output/detail.ts'
import {knownFields} from '../output/fields.ts'
import {type Format, renderRecord, type Style} from '../output/format.ts'
import type {View} from '../output/view.ts'

/** The text of one thing: sections for a person, or only the fields they chose; the bare record for a program. */
export async function renderShown<Row extends object>(
  record: Row,
  view: View<Row>,
  sections: readonly Section[],
  format: Format,
  style: Style,
): Promise<string> {
  if (format !== 'table' && format !== 'wide') return renderRecord(record, view, format, style)
  return renderSections(style.fields ? [fieldsSection(record, view, knownFields(view, style.fields))] : sections, style)
}
