import type {Reader} from '../../db/transaction.ts'
import {getDomain, listPrimaries} from '../../queries/domain/find.ts'
import type {Change, RowChange} from '../plan.ts'
import {verifyOnePrimary} from './once.ts'
import {domainRow, domainTargets} from './rows.ts'

/** Makes a domain the primary one of its tenant, and the one that was it an ordinary one. */
export const setPrimary: Change<{domain: string}> = {
  permission: 'domain.write',
  grade: 'moderate',
  plan: async (db, {domain: named}) => {
    const domain = await getDomain(db, named)
    const demoted = (await demote(db, domain.tenant_id)).filter(({key}) => key.id !== domain.id)
    const promoted = domainRow(domain, {is_primary: domain.is_primary}, {is_primary: true})
    return {
      headline: `Make ${domain.domain} the primary domain of ${domain.tenant ?? 'no tenant'}.`,
      subject: domain.domain,
      targets: domainTargets(domain),
      rows: domain.primary ? demoted : [...demoted, promoted],
      effects: [],
      warnings: [],
    }
  },
  verify: verifyOnePrimary,
}

/** The rows by which a tenant has no primary domain any more. */
export async function demote(db: Reader, tenantId: string): Promise<RowChange[]> {
  const primaries = await listPrimaries(db, [tenantId])
  return primaries.map((domain) => domainRow(domain, {is_primary: true}, {is_primary: false}))
}
