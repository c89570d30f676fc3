import {diffSection, fieldsSection, type Section} from '../output/detail.ts'
import type {RowDiff} from '../output/diff.ts'
import type {View} from '../output/view.ts'
import type {ChangeDetail, ChangedRow} from '../queries/audit/detail.ts'
import {isBookkeeping, isQuietColumn} from '../rules/row-label.ts'
import {changeView} from './change.ts'

const imageView: View<ChangedRow> = {
  noun: 'row',
  plural: 'rows',
  name: 'row',
  fields: {
    row: {kind: 'text'},
    table: {kind: 'text'},
    op: {kind: 'text', values: ['insert', 'update', 'delete']},
    before: {kind: 'json', nullable: true},
    after: {kind: 'json', nullable: true},
  },
  table: ['row', 'op'],
}

export const changeDetailView: View<ChangeDetail> = {
  ...changeView,
  fields: {...changeView.fields, images: {kind: 'json', rows: imageView}},
}

/** What `pm audit show` shows a person. */
export function changeSections(change: ChangeDetail): Section[] {
  const undos = ['undone_by', ...(change.partly_undone_by === null ? [] : (['partly_undone_by'] as const))] as const
  return [
    fieldsSection(change, changeDetailView, ['id', 'made', 'by', 'role', 'command', 'reason', 'targets']),
    fieldsSection(change, changeDetailView, ['permission', 'enforced_by', 'undo_of', ...undos]),
    whatChanged(change),
  ]
}

function whatChanged({images}: ChangeDetail): Section {
  const title = 'What changed, row by row'
  // A change without rows is one that revealed, or did something besides them.
  return images.length === 0 ? {title, lines: ['No row.']} : diffSection(title, images.map(toDiff))
}

function toDiff({row, op, before, after}: ChangedRow): RowDiff {
  const whole = {...before, ...after}
  const told = (name: string) => (op === 'update' ? !isBookkeeping(name) : whole[name] !== null && !isQuietColumn(name))
  const columns = Object.keys(whole)
    .filter(told)
    .map((name) => ({name, before: before?.[name] ?? null, after: after?.[name] ?? null}))
  return {label: row, op, columns}
}
