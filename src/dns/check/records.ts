import type {Lookup} from '../answer.ts'
import type {Dns} from '../dns.ts'
import {asWritten, type CheckedRecord, lookCloser} from '../records/check-record.ts'
import type {Expectation} from '../records/expectation.ts'
import type {Views} from '../records/state.ts'
import {askedOnce} from '../resolve/asked-once.ts'
import {lookupAt} from '../resolve/resolver-lookup.ts'
import {authoritiesFor, fromEvery} from './authorities.ts'
import type {Ground} from './ground.ts'

/**
 * What each resolver has of the expected records. They are asked at once, while the zone is still being looked for: where
 * its servers are silent, resolvers take as long to find that out.
 */
export function askCaches({client, resolvers}: Dns, expectations: readonly Expectation[]): readonly Lookup[] {
  const caches = resolvers.map((server) => askedOnce(lookupAt(client, server)))
  for (const cache of caches) {
    // Whoever needs the answer hears of the end of the run; where nobody does, that is no error.
    for (const {name, type} of expectations) cache(name, type).catch(() => {})
  }
  return caches
}

/**
 * Asks every authority for each expected record, and compares with what the caches have. Nobody is asked for the records of
 * a domain that does not exist: all of them are missing.
 */
export async function checkRecords(
  ground: Ground,
  caches: readonly Lookup[],
  expectations: readonly Expectation[],
): Promise<readonly CheckedRecord[]> {
  if (!ground.isFirm) return missingRecords(ground, expectations)
  const views = await askAll(ground, caches, expectations)
  const written = views.map(([expectation, seen]) => asWritten(expectation, seen))
  if (written.every(({standing}) => standing.state === 'ok')) return written
  const zoneOf = ({name}: Expectation) => (ground.zones.zoneOf(name) ?? ground.zone)?.name ?? ground.domain
  return Promise.all(
    written.map((record) => {
      const around = {zone: zoneOf(record.expectation), source: ground.source}
      return record.standing.state === 'ok' ? record : lookCloser(around, record)
    }),
  )
}

/** What everybody says of each record; all are waited for together, for there may be thousands. */
async function askAll(
  ground: Ground,
  caches: readonly Lookup[],
  expectations: readonly Expectation[],
): Promise<[Expectation, Views][]> {
  const asked = expectations.map((expectation) => ({expectation, authorities: authoritiesFor(ground, expectation)}))
  const answers = await Promise.all(
    asked.flatMap(({expectation: {name, type}, authorities}) =>
      [...authorities, ...caches].map((lookup) => lookup(name, type)),
    ),
  )
  const views = asked.map(({expectation, authorities}): [Expectation, Views] => {
    const own = answers.splice(0, authorities.length)
    return [expectation, {authorities: own, resolvers: answers.splice(0, caches.length)}]
  })
  // Mostly there is no other zone than the domain's own.
  if (ground.zones.opened.length < 2) return views
  return Promise.all(
    views.map(async ([expectation, {authorities, resolvers}]) => {
      return [expectation, {authorities: await fromEvery(ground, expectation, authorities), resolvers}]
    }),
  )
}

/** Nothing is known of them where it could not be asked whether the domain exists. */
function missingRecords({nonexistent}: Ground, expectations: readonly Expectation[]): CheckedRecord[] {
  const answers = nonexistent ? [nonexistent] : []
  const state = nonexistent ? 'missing' : 'unknown'
  return expectations.map((expectation) => ({
    expectation,
    standing: {state, answers, wait: null},
    views: {authorities: answers, resolvers: []},
    findings: [],
  }))
}
