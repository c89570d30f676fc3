import type {Reader} from '../../db/transaction.ts'
import {listDeleted} from '../../queries/tenant/deleted.ts'
import {firstFew} from '../../rules/first-few.ts'

/** What a plan says where it works for tenants that are deleted: the sentence, or nothing. */
export async function deletedWarning(db: Reader, tenantIds: readonly (string | null)[]): Promise<string[]> {
  const warningOf = await deletedWarnings(db, tenantIds)
  return warningOf(tenantIds)
}

/** The same for plans of which each works for some of these tenants. */
export async function deletedWarnings(db: Reader, tenantIds: readonly (string | null)[]) {
  const known = new Set(tenantIds.filter((id) => id !== null))
  const deleted = known.size === 0 ? [] : await listDeleted(db, [...known])
  return (some: readonly (string | null)[]): string[] => {
    const names = deleted.filter(({id}) => some.includes(id)).map(({name, id}) => name ?? id)
    return names.length === 0 ? [] : [`Deleted, so that nothing of theirs is sent: ${firstFew(names)}.`]
  }
}
