import {randomUUID} from 'node:crypto'
import type {Operator} from '../../db/identity.ts'
import type {Reader} from '../../db/transaction.ts'
import {getCompany} from '../../queries/company/find.ts'
import {listHolders, type StoredDomain} from '../../queries/domain/find.ts'
import {type FoundTenant, getTenant, tenantTarget} from '../../queries/tenant/find.ts'
import {subscriptionOf} from '../../queries/tenant/subscription.ts'
import {tenantUsage} from '../../queries/tenant/usage.ts'
import {Conflict} from '../../rules/errors.ts'
import {firstFew} from '../../rules/first-few.ts'
import type {Plan, RowChange} from '../plan.ts'
import {setWise} from '../set-wise.ts'
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
  /** All that is added by one command; what is planned joins it. */
  adding: Set<string>
}

/** Gives a tenant new domains to send from; their records come with `pm domain records set`. */
export const addDomains = setWise<AddInput>({
  permission: 'domain.write',
  grade: 'mild',
  readFor: async (db, inputs, operator) => {
    const holders = await listHolders(
      db,
      inputs.flatMap(({domains}) => domains),
    )
    const receiverOf = receivers(db, operator)
    return async (input) => planAdd(db, input, await receiverOf(input), holders)
  },
  verify: async (db, plan) => {
    await verifyHeldOnce(db, plan)
    await verifyOnePrimary(db, plan)
  },
})

/** Who gets domains: a tenant, for a company of theirs or none. */
interface Receiver {
  tenant: FoundTenant
  companyId: string | null
  /** How many domains they have, and may have; null is not known, and no limit. */
  used: number | null
  max: number | null
}

// Read once for all that they get.
function receivers(db: Reader, operator: Operator): (input: AddInput) => Promise<Receiver> {
  const known = new Map<string, Promise<Receiver>>()
  return (input) => {
    const key = JSON.stringify([input.tenant, input.company])
    const receiver = known.get(key) ?? readReceiver(db, operator, input)
    known.set(key, receiver)
    return receiver
  }
}

async function readReceiver(db: Reader, operator: Operator, input: AddInput): Promise<Receiver> {
  const tenant = await getTenant(db, input.tenant)
  if (tenant.deleted !== null)
    throw new Conflict(`${nameOf(tenant)} is deleted.`, {hint: `Restore it first: pm tenant restore ${tenant.id}`})
  const companyId = await companyOf(db, tenant, input.company)
  const max = (await subscriptionOf(db, tenant.id))?.limits?.max_domains ?? null
  const {max_domains: used} = await tenantUsage(db, operator, tenant.id)
  return {tenant, companyId, used, max}
}

function nameOf({name, id}: FoundTenant): string {
  return name ?? id
}

async function planAdd(
  db: Reader,
  {domains, primary, adding}: AddInput,
  receiver: Receiver,
  holders: readonly StoredDomain[],
): Promise<Plan> {
  assertFree(domains, holders)
  const {tenant, companyId} = receiver
  for (const domain of domains) adding.add(domain)
  const subject = named(domains, 'domain')
  return {
    headline: `Add ${subject} to ${nameOf(tenant)}${primary ? ', as its primary domain' : ''}.`,
    subject,
    targets: [...domains.map((domain) => `domain:${domain}`), tenantTarget(tenant)],
    rows: [
      ...(primary ? await demote(db, tenant.id) : []),
      ...domains.map((domain, place) => newRow(domain, tenant.id, companyId, primary && place === 0)),
    ],
    standsOn: {tenant: tenant.id},
    effects: [],
    warnings: beyondLimit(receiver, adding.size),
  }
}

function assertFree(domains: readonly string[], holders: readonly StoredDomain[]): void {
  const names = new Set(domains.map((domain) => domain.toLowerCase()))
  const [held, ...more] = holders.filter(({domain}) => names.has(domain.toLowerCase()))
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
function beyondLimit({tenant, used, max}: Receiver, more: number): string[] {
  if (max === null || used === null || used + more <= max) return []
  return [`${nameOf(tenant)} has ${used} of the ${max} domains of its plan.`]
}
