import type {Json} from '../../db/schema/json.ts'
import {findDomains, type StoredDomain} from '../../queries/domain/find.ts'
import type {RecordEdit} from '../../rules/record-edit.ts'
import {planEach} from '../each.ts'
import type {Plan} from '../plan.ts'
import {setWise} from '../set-wise.ts'
import {type Entry, entriesOf, isEntry, said, withEntries} from './document.ts'
import {documentRow} from './rows.ts'

export interface DeployedInput {
  domains: readonly string[]
  /** Only the key of this selector; all that wait, where nothing is said. */
  selector: string | undefined
}

/** Says that DKIM keys are deployed: nothing of the domains waits for a Mailu sync any more. */
export const markDeployed = setWise<DeployedInput, RecordEdit>({
  permission: 'domain.write',
  grade: 'moderate',
  readFor: async (db, inputs) => {
    const found = await findDomains(
      db,
      inputs.flatMap(({domains}) => domains),
    )
    return ({domains, selector}) => planDeployed(found.meantBy(domains), selector)
  },
})

async function planDeployed(things: readonly StoredDomain[], selector: string | undefined): Promise<Plan<RecordEdit>> {
  const waits = (entry: Json): entry is Entry =>
    isEntry(entry) && entry.needs_deployment === true && (selector === undefined || entry.selector === selector)
  const {plan, changing} = await planEach({
    things,
    nouns: ['domain', 'domains'],
    nameOf: ({domain}) => domain,
    targetOf: ({domain}) => `domain:${domain}`,
    isSo: (domain) => !entriesOf(domain).some(waits),
    already: 'deployed',
    rowOf: (domain) => documentRow(domain, withEntries(domain, entriesOf(domain).map(deployed(waits)))),
    headline: (what) => `Say that the DKIM keys of ${what} are deployed.`,
  })
  const warnings = selector === undefined ? [] : mistyped(things, selector)
  return {
    ...plan,
    effects: changing.flatMap((domain) => edits(domain, waits)),
    warnings: [...plan.warnings, ...warnings],
  }
}

/** A selector that a domain has no key of was perhaps mistyped. */
function mistyped(things: readonly StoredDomain[], selector: string): string[] {
  const selectorsOf = (domain: StoredDomain) =>
    entriesOf(domain).flatMap((entry) => (isEntry(entry) && typeof entry.selector === 'string' ? entry.selector : []))
  return things
    .filter((domain) => !selectorsOf(domain).includes(selector))
    .map(
      (domain) => `${domain.domain} has no DKIM key ${selector}: it has ${selectorsOf(domain).join(', ') || 'none'}.`,
    )
}

function deployed(waits: (entry: Json) => entry is Entry) {
  return (entry: Json): Json => (waits(entry) ? {...entry, needs_deployment: false} : entry)
}

function edits(domain: StoredDomain, waits: (entry: Json) => entry is Entry): RecordEdit[] {
  return entriesOf(domain)
    .filter(waits)
    .map((entry) => {
      const {host, ...edit} = said(entry)
      return {change: 'deployed', ...edit, host: `${host}.${domain.domain}`}
    })
}
