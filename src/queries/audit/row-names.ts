import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import {rowLabel} from '../../rules/row-label.ts'
import {isAnyOf} from '../any-of.ts'
import {nameStaffRows} from '../staff/row-names.ts'
import type {RowImage} from './find.ts'

export type ImageColumns = Readonly<Record<string, Json>>

/** An image's columns; {} for the side that a new or deleted row does not have. */
export function columnsOf(image: Json): ImageColumns {
  return typeof image === 'object' && image !== null && !Array.isArray(image) ? image : {}
}

/** What people call the row of each image; some go by what their row only refers to, such as an assignment by its IP. */
export async function nameRows(db: Reader, images: readonly RowImage[]): Promise<(image: RowImage) => string> {
  const domains = await domainNames(db, referred(images, 'domain_id'))
  const ips = await ipAddresses(db, referred(images, 'smtp_ip_address_id'))
  const tenants = await tenantNames(db, referred(images.filter(isSettings), 'tenant_id'))
  const staff = await nameStaffRows(db, images.map(wholeRow))
  return (image) => {
    const row = wholeRow(image)
    const domain = domains.get(String(row.domain_id))
    const ip = ips.get(String(row.smtp_ip_address_id))
    const assignment = domain && ip ? `assignment of ${domain} to ${ip}` : undefined
    const settings = isSettings(image) ? tenants.get(String(row.tenant_id)) : undefined
    return (
      assignment ??
      staff(image.table_name, row) ??
      rowLabel(image.table_name, settings ? {...row, tenant_id: settings} : row)
    )
  }
}

function wholeRow({before, after}: RowImage): ImageColumns {
  return {...columnsOf(before), ...columnsOf(after)}
}

function referred(images: readonly RowImage[], column: string): string[] {
  const ids = images.flatMap(({before, after}) => [columnsOf(before)[column], columnsOf(after)[column]])
  return [...new Set(ids.filter((id) => typeof id === 'string'))]
}

// Settings have no name but that of their tenant.
function isSettings({table_name: table}: RowImage): boolean {
  return table === 'public.tenant_config' || table === 'public.tenant_policies'
}

async function tenantNames(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('tenants')
    .where(isAnyOf('id', ids, 'uuid'))
    .select(['id', 'name'])
    .execute()
  return new Map(rows.map(({id, name}) => [id, name ?? id]))
}

async function domainNames(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('domains')
    .where(isAnyOf('id', ids, 'uuid'))
    .select(['id', 'domain'])
    .execute()
  return new Map(rows.map(({id, domain}) => [id, domain]))
}

async function ipAddresses(db: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('smtp_ip_addresses')
    .where(isAnyOf('id', ids, 'uuid'))
    .select(['id', 'ip_address'])
    .execute()
  return new Map(rows.map(({id, ip_address}) => [id, ip_address]))
}
