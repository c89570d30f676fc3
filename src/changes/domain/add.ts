import {randomUUID} from 'node:crypto'
import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {getCompany} from '../../queries/company/find.ts'
import {listHolders} from '../../queries/domain/find.ts'
import {type FoundTenant, getTenant, tenantTarget} from '../../queries/tenant/find.ts'
import {subscriptionOf} from '../../queries/tenant/subscription.ts'
import {tenantUsage} from '../../queries/tenant/usage.ts'
import {Conflict} from '../../rules/errors.ts'
import {firstFew} from '../../rules/first-few.ts'
import type {Change, Plan, RowChange} from '../plan.ts'
import {named} from '../wording.ts'
import {verifyHeldOnce, verifyOnePrimary} from './once.ts'
import {demote} from './primary.ts'
import {domainRow} from './rows.ts'

export interface AddInput {
  /** As parseDomainName spells them. */
  domains: readonly string[]
  tenant: string
  company: string | undefined
  /** The first of them becomes the tenant's primary domain. */
  primary: boolean
}

/** Gives a tenant new domains to send from; their records come with `pm domain records set`. */
export const addDomains: Change<AddInput> = {
  permission: 'domain.write',
  grade: 'mild',
  plan: planAdd,
  verify: async (db, plan) => {
    await verifyHeldOnce(db, plan)
    await verifyOnePrimary(db, plan)
  },
}

async function planAdd(db: Reader, input: AddInput, operator: Operator): Promise<Plan> {
  const tenant = await getTenant(db, input.tenant)
  const name = tenant.name ?? tenant.id
  if (tenant.deleted !== null)
    throw new Conflict(`${name} is deleted.`, {hint: `Restore it first: pm tenant restore ${tenant.id}`})
  await assertFree(db, input.domains)
  const company = await companyOf(db, tenant, input.company)
  const subject = named(input.domains, 'domain')
  return {
    headline: `Add ${subject} to ${name}${input.primary ? ', as its primary domain' : ''}.`,
    subject,
    targets: [...input.domains.map((domain) => `domain:${domain}`), tenantTarget(tenant)],
    rows: [
      ...(input.primary ? await demote(db, tenant.id) : []),
      ...input.domains.map((domain, place) => newRow(domain, tenant.id, company, input.primary && place === 0)),
    ],
    effects: [],
    warnings: await beyondLimit(db, operator, tenant, input.domains.length),
  }
}

async function assertFree(db: Reader, domains: readonly string[]): Promise<void> {
  const [held, ...more] = await listHolders(db, domains)
  if (!held) return
  const all = [held, ...more].map(({domain, tenant}) => `${domain} (${tenant ?? 'no tenant'})`)
  throw new Conflict(`There already: ${firstFew(all)}.`, {hint: `Look at it: pm domain show ${held.domain}`})
}

async function companyOf(db: Reader, tenant: FoundTenant, named: string | undefined): Promise<string | null> {
  if (named === undefined) return null
  const company = await getCompany(db, named)
  if (company.tenant_id === tenant.id) return company.id
  throw new Conflict(`The company ${company.company} is of ${company.tenant ?? 'no tenant'}.`, {
    hint: `See which the tenant has: pm tenant companies ${tenant.id}`,
  })
}

function newRow(domain: string, tenantId: string, companyId: string | null, primary: boolean): RowChange {
  const id = randomUUID()
  const after = {
    id,
    tenant_id: tenantId,
    company_id: companyId,
    domain,
    verification_status: 'pending',
    is_primary: primary,
  }
  return domainRow({id, domain}, null, after)
}

// The platform decides what a limit stops; the operator is told.
async function beyondLimit(db: Reader, operator: Operator, {id, name}: FoundTenant, more: number): Promise<string[]> {
  const max = (await subscriptionOf(db, id))?.limits?.max_domains ?? null
  const {max_domains: used} = await tenantUsage(db, operator, id)
  if (max === null || used === null || used + more <= max) return []
  return [`${name ?? id} has ${used} of the ${max} domains of its plan.`]
}
