import {compactJson, joinList, plainText} from './plain-text.ts'
import {sanitize} from './sanitize.ts'
import {showTime} from './time.ts'
import type {Cell, Clock, Field, Kind, View} from './view.ts'

const nothing: Cell = {text: '-', tone: 'dim'}

/** The sanitized cell that a person sees of one field of a row. */
export function readCell<Row extends object, Name extends keyof Row & string>(
  row: Row,
  name: Name,
  view: View<Row>,
  clock: Clock,
): Cell {
  const value = row[name]
  const field: Field<Row[Name]> = view.fields[name]
  if (value === null || value === undefined || isEmptyList(value, field))
    return field.none === undefined ? nothing : {...nothing, text: field.none}
  return safeCell(field.cell ? field.cell(value, clock) : defaultText(value, field.kind, clock))
}

function isEmptyList(value: unknown, {kind, cell}: {kind: Kind; cell?: unknown}): boolean {
  return kind === 'list' && cell === undefined && joinList(value, '') === ''
}

/** The one point where words become a cell: whatever they held, a cell's text cannot drive a terminal. */
export function safeCell(cell: Cell | string): Cell {
  return typeof cell === 'string' ? {text: sanitize(cell)} : {...cell, text: sanitize(cell.text)}
}

/** The heading over a field in a table: the field's words in capitals. */
export function headerOf<Row extends object>(name: keyof Row & string, view: View<Row>): string {
  return labelOf(name, view).toUpperCase()
}

/** The label beside a field in a description of one row. */
export function labelOf<Row extends object>(name: keyof Row & string, view: View<Row>): string {
  const words = name.replaceAll('_', ' ')
  return view.fields[name].header ?? words.charAt(0).toUpperCase() + words.slice(1)
}

function defaultText(value: unknown, kind: Kind, clock: Clock): string {
  if (kind === 'boolean') return value ? 'yes' : 'no'
  if (kind === 'timestamp') return showTime(plainText(value), clock)
  if (kind === 'list') return joinList(value, ', ')
  return kind === 'json' ? compactJson(value) : plainText(value)
}
