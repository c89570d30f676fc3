import type {TestDatabase} from './database.ts'
import {ask} from './records.ts'

type Pool = Readonly<Record<string, unknown>>
type Row = Readonly<Record<string, unknown>>

/**
 * What became of IPs and assignments between two `poolOf`, a line a row in words, sorted: each column that differs, of
 * a new or deleted row each that holds something. What happened within this minute is `now`.
 */
export async function differences(database: TestDatabase, before: Pool, after: Pool): Promise<string[]> {
  const names = await namesOf(database)
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  const lines = keys.map((key) => {
    const [old, current] = [asRow(before[key]), asRow(after[key])]
    const row = {...old, ...current}
    const told = Object.keys(row).filter((name) => differs(old?.[name], current?.[name]))
    const columns = old && current ? told : told.filter((name) => !isQuiet(name))
    const sign = old ? (current ? '~' : '-') : '+'
    const text = columns.map((name) => `${name} ${change(old, current, name)}`).join(', ')
    return told.length > 0 ? `${sign} ${labelOf(key, row, names)}: ${text}` : ''
  })
  return lines.filter(Boolean).sort()
}

async function namesOf(database: TestDatabase): Promise<ReadonlyMap<unknown, string>> {
  const rows = await ask<{id: string; name: string}>(
    database,
    'select id, domain as name from domains union all select id, ip_address from smtp_ip_addresses',
  )
  return new Map(rows.map(({id, name}) => [id, name]))
}

function labelOf(key: string, row: Row, names: ReadonlyMap<unknown, string>): string {
  if (key.startsWith('ip ')) return `ip ${String(row['ip_address'])}`
  return `${names.get(row['domain_id'])} on ${names.get(row['smtp_ip_address_id'])}`
}

function change(old: Row | undefined, current: Row | undefined, name: string): string {
  if (!old) return shown(current?.[name])
  if (!current) return shown(old[name])
  return `${shown(old[name])} → ${shown(current[name])}`
}

function shown(value: unknown): string {
  const isTime = typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
  if (isTime && Math.abs(Date.now() - Date.parse(value)) < 60_000) return 'now'
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function differs(old: unknown, current: unknown): boolean {
  return JSON.stringify(old ?? null) !== JSON.stringify(current ?? null)
}

// In the label already, by the name it stands for, or not worth a word.
function isQuiet(column: string): boolean {
  return column === 'id' || column.endsWith('_id') || column === 'ip_address' || column === 'created'
}

function asRow(value: unknown): Row | undefined {
  return typeof value === 'object' && value !== null ? (value as Row) : undefined
}
