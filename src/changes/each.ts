import {tenantTarget} from '../queries/tenant/find.ts'
import {eachPossible} from './each-possible.ts'
import type {Plan, RowChange} from './plan.ts'
import {counted, leftAlone, named} from './wording.ts'

interface OfTenant {
  id: string
  tenant: string | null
  tenant_id: string | null
}

/** What is to become of each of several things that are tenants'. */
export interface Each<Thing extends OfTenant> {
  things: readonly Thing[]
  /** The kind in words, one and several. */
  nouns: readonly [one: string, several: string]
  nameOf(thing: Thing): string
  /** How the record of changes names a thing. */
  targetOf(thing: Thing): string
  /** Whether a thing is so already; it is left alone then, and told to be `already` so. */
  isSo(thing: Thing): boolean
  already: string
  /** @throws Conflict where it cannot be changed */
  rowOf(thing: Thing): RowChange
  /** The plan in a sentence, given which things of whom: `3 campaigns of 2 tenants`. */
  headline(what: string): string
}

/**
 * The plan to change things that are not so already, and those things.
 * @throws what `rowOf` throws for one alone; for several a Conflict that says of each that cannot be changed why not
 */
export async function planEach<Thing extends OfTenant>(each: Each<Thing>): Promise<{plan: Plan; changing: Thing[]}> {
  const {things, nouns, nameOf, targetOf} = each
  const changing = things.filter((thing) => !each.isSo(thing))
  const rest = things.filter((thing) => each.isSo(thing))
  const meant = changing.length > 0 ? changing : things
  const subject = named(meant.map(nameOf), ...nouns)
  const plan = {
    headline: each.headline(`${subject} of ${tenantsOf(meant)}`),
    subject,
    targets: [...changing.map(targetOf), ...tenantTargets(changing)],
    rows: await eachPossible(changing, nameOf, each.rowOf),
    effects: [],
    warnings: leftAlone(rest.map(nameOf), each.already),
    settled: rest.map((thing) => ({id: thing.id, said: `${nameOf(thing)} is ${each.already} already.`})),
  }
  return {plan, changing}
}

/** Whose things are, in words: `Acme`, `3 tenants`. */
export function tenantsOf(things: readonly OfTenant[]): string {
  const names = new Map(things.map(({tenant, tenant_id: id}) => [id, tenant ?? id ?? 'no tenant']))
  const [only] = names.values()
  return names.size === 1 ? `${only}` : counted(names.size, 'tenant')
}

function tenantTargets(things: readonly OfTenant[]): string[] {
  const targets = things.flatMap(({tenant: name, tenant_id: id}) => (id === null ? [] : [tenantTarget({id, name})]))
  return [...new Set(targets)]
}
