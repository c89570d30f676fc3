import {isDeepStrictEqual} from 'node:util'
import {type Kysely, sql} from 'kysely'
import type {Database} from '../../src/db/schema.ts'

type Row = Readonly<Record<string, unknown>>

/** What `pm ip` changes touch and what pm wrote down about it, at one moment. */
export interface Ledger {
  rows: ReadonlyMap<string, Row>
  changes: readonly Row[]
  images: readonly Row[]
  /** Marks of changes that are still open; none must outlive its transaction. */
  open: number
}

const tables = ['public.smtp_ip_addresses', 'public.domain_ip_assignments']

export async function readLedger(db: Kysely<Database>): Promise<Ledger> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const select = async (query: string) => (await sql<{row: Row}>`${sql.raw(query)}`.execute(trx)).rows
      const rows = await Promise.all(tables.map((table) => select(`select to_jsonb(t) as row from ${table} t`)))
      const changes = await select('select to_jsonb(c) as row from pm.changes c order by id')
      const images = await select('select to_jsonb(i) as row from pm.row_images i order by id')
      const open = await select('select to_jsonb(p) as row from pm.change_permissions p')
      return {
        rows: new Map(rows.flat().map(({row}) => [String(row['id']), row])),
        changes: changes.map(({row}) => row),
        images: images.map(({row}) => row),
        open: open.length,
      }
    })
}

/**
 * Whether a change happened, whole, or nothing did.
 * @throws when rows, counts and audit do not agree: the change is torn.
 */
export function verdict(before: Ledger, after: Ledger): 'nothing' | 'whole' {
  if (after.open > 0) throw new Error('Permissions of an ended transaction are left.')
  wrongCounts(after)
  if (isDeepStrictEqual(after, before)) return 'nothing'
  const opened = after.changes.slice(before.changes.length)
  if (opened.length !== 1) throw new Error(`Rows differ, with ${opened.length} changes in the audit record.`)
  const images = after.images.slice(before.images.length)
  if (images.length === 0 || images.some((image) => image['change_id'] !== opened[0]?.['id'])) {
    throw new Error('The images are not of the one change.')
  }
  if (!isDeepStrictEqual(replay(before.rows, images), after.rows)) {
    throw new Error('The audit record tells another story than the rows.')
  }
  return 'whole'
}

/** What the rows must be when all that happened is in the images. @throws where an image tells of another row than there was */
export function replay(rows: Ledger['rows'], images: readonly Row[]): Ledger['rows'] {
  const replayed = new Map(rows)
  for (const {before, after} of images) {
    const [was, is] = [asRow(before), asRow(after)]
    const id = String((is ?? was)?.['id'])
    if (!isDeepStrictEqual(replayed.get(id), was)) throw new Error(`Row ${id} was not as its image says.`)
    if (is) replayed.set(id, is)
    else replayed.delete(id)
  }
  return replayed
}

function asRow(image: unknown): Row | undefined {
  return typeof image === 'object' && image !== null ? {...image} : undefined
}

const live = new Set<unknown>(['active', 'warming', 'scheduled'])

function wrongCounts({rows}: Ledger): void {
  const all = [...rows.values()]
  const carried = Map.groupBy(
    all.filter((row) => live.has(row['status']) && row['smtp_ip_address_id']),
    (row) => row['smtp_ip_address_id'],
  )
  for (const {id, ip_address, assigned_count} of all) {
    if (ip_address === undefined) continue
    const count = carried.get(id)?.length ?? 0
    if (assigned_count !== count) throw new Error(`${ip_address} says ${assigned_count} domains and has ${count}.`)
  }
}
