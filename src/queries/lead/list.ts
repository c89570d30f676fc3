import {type SqlBool, sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {type Ordering, plainly} from '../paging.ts'

/** A lead of a tenant. Its e-mail and name are masked unless they are revealed. */
export interface LeadRow {
  email: string
  name: string | null
  company: string | null
  status: string | null
  updated: string | null
  id: string
}

export interface LeadFilter {
  tenantId: string
  status?: readonly string[] | undefined
  /** A whole e-mail address; in clear also how the e-mail or the name begins. In any case. */
  search?: string | undefined
}

/** By no personal data: a cursor would tell it. */
export const leadOrdering: Ordering = {by: {id: plainly}, default: 'id', key: 'id', neverNull: ['id']}

/**
 * A tenant's leads. They are masked by the database, so that what is not revealed never leaves it; in clear they are
 * read only within a reveal. Masked, they are found by a whole address alone: whoever could search for a beginning would
 * learn letter by letter what is masked.
 */
export function listLeads(db: Reader, {tenantId, status, search}: LeadFilter, {clear}: {clear: boolean}) {
  let leads = db
    .selectFrom('leads as l')
    .where('l.tenant_id', '=', tenantId)
    .select([
      clear ? 'l.email' : maskedEmail.as('email'),
      clear ? 'l.name' : maskedName.as('name'),
      'l.company',
      'l.status',
      'l.updated',
      'l.id',
    ])
  if (status?.length) leads = leads.where('l.status', 'in', status)
  if (search !== undefined) leads = leads.where(clear ? begins(search) : hasAddress(search))
  return leads
}

/** `j…@acme.example`; what is no address shows its first letter alone. */
const maskedEmail = sql<string>`left(l.email, 1) || '…' || coalesce(substring(l.email from '@[^@]*$'), '')`

/** `J… D…` */
const maskedName = sql<string | null>`regexp_replace(l.name, '(\\S)\\S*', '\\1…', 'g')`

function hasAddress(typed: string) {
  return sql<SqlBool>`lower(l.email) = ${typed.toLowerCase()}`
}

// Among one tenant's leads, which the index on the tenant finds.
function begins(typed: string) {
  const lower = typed.toLowerCase()
  return sql<SqlBool>`(starts_with(lower(l.email), ${lower}) or starts_with(lower(l.name), ${lower}))`
}
