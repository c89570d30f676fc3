import type {Reader} from '../../db/transaction.ts'
import {databaseNow} from '../../queries/clock.ts'
import {liveAssignments} from '../../queries/ip/assignments.ts'
import {type FoundIps, findIps, type PooledIp} from '../../queries/ip/find.ts'
import {assertIpMove} from '../../rules/ip-lifecycle.ts'
import type {Move} from '../../rules/ip-placement.ts'
import type {MissedItem} from '../../rules/item-outcome.ts'
import type {BulkPlan} from '../job/bulk-plan.ts'
import {missedBy} from '../job/missed-by.ts'
import {nothingToChange} from '../job/nothing-to-change.ts'
import {PackedItems} from '../job/packed-items.ts'
import type {Flow} from '../plan.ts'
import {deletedWarning} from '../tenant/deleted-warning.ts'
import {counted, named} from '../wording.ts'
import {type Crowded, chooseHostsEach} from './choose-hosts-each.ts'
import {headlineOf, movesOf, targetsOf, warningsOf} from './moves.ts'
import type {QuarantineInput} from './quarantine.ts'
import {leavingIp, movedDomains} from './rows.ts'

export interface QuarantineManyInput extends QuarantineInput {
  /** The line of a list in which an IP stands. */
  lineOf?: (ip: string) => number | undefined
}

/**
 * Plans what `quarantineIps` does, for each of many IPs by itself: with all of its domains, or not at all. No domain goes to
 * another of them. How many domains the hosts have then follows from the assignments when they are written.
 * @throws what `chooseHosts` throws of `to`
 */
export async function planQuarantines(
  db: Reader,
  {ips: addresses, lineOf, ...choice}: QuarantineManyInput,
): Promise<BulkPlan> {
  const standings = standingsOf(await findIps(db, addresses), addresses)
  const leaving = standings.filter(isIp)
  const ids = leaving.map(({id}) => id)
  const all = await liveAssignments(db, ids).execute()
  const {departures, crowded, homes} = await chooseHostsEach(db, leaving, all, choice)
  const going = departures.map(({ip}) => ip)
  const assignments = departures.flatMap((departure) => departure.assignments)
  const moves = await movesOf(db, going, assignments, homes)
  const movesFrom = Map.groupBy(moves, ({from}) => from)
  const now = await databaseNow(db)
  const items = departures.map(({ip, assignments: ending, seats}) => ({
    target: ip.ip,
    line: lineOf?.(ip.ip),
    targets: targetsOf(movesFrom.get(ip.ip) ?? [], [ip.ip]),
    rows: [leavingIp(ip), ...movedDomains(ending, seats, now)],
  }))
  const missed = [...standings.filter(isMissed), ...crowded.map(withoutRoom)]
  const hosts = departures.flatMap(({seats}) => seats.map(({host}) => host))
  const subject = counted(items.length, 'IP')
  return {
    headline: items.length > 0 ? headlineOf(subject, items.length, moves) : nothingToChange('IP', missed),
    subject,
    targets: choice.to === undefined ? [] : [`ip:${choice.to}`],
    warnings: [
      ...roomWarning(crowded, choice),
      ...warningsOf(moves),
      ...(await deletedWarning(
        db,
        assignments.map(({tenant_id}) => tenant_id),
      )),
    ],
    called: Object.fromEntries(hosts.map(({id, ip}) => [id, ip])),
    flows: flowsOf(moves),
    items: PackedItems.of(items),
    missed: missed.map((one) => ({...one, line: lineOf?.(one.target)})),
  }
}

/** Each of the IPs that can be quarantined, or why it cannot. */
function standingsOf(found: FoundIps, addresses: readonly string[]): (PooledIp | MissedItem)[] {
  return addresses.flatMap((target): (PooledIp | MissedItem)[] => {
    try {
      return found.meantBy([target]).map((ip) => {
        if (ip.status === 'quarantined')
          return {target, outcome: 'already', reason: `${target} is quarantined already.`}
        if (ip.status) assertIpMove(ip.ip, ip.status, 'quarantined')
        return ip
      })
    } catch (error) {
      return [missedBy(target, error)]
    }
  })
}

function isIp(standing: PooledIp | MissedItem): standing is PooledIp {
  return 'id' in standing
}

function isMissed(standing: PooledIp | MissedItem): standing is MissedItem {
  return !isIp(standing)
}

function withoutRoom({ip: {ip}}: Crowded): MissedItem {
  const reason = `${ip} has more domains to move than healthy IPs have room for.`
  return {target: ip, outcome: 'refused', reason}
}

function roomWarning(crowded: readonly Crowded[], {maxPerIp}: Pick<QuarantineInput, 'maxPerIp'>): string[] {
  if (crowded.length === 0) return []
  const unplaced = crowded.reduce((sum, one) => sum + one.unplaced, 0)
  const room = `No room for ${counted(unplaced, 'domain')} of ${named(
    crowded.map(({ip: {ip}}) => ip),
    'IP',
  )}`
  return [
    `${room}: raise --max-per-ip (now ${maxPerIp}), name an IP with --to, or let them stop sending with --no-reassign.`,
  ]
}

/** How many domains go from which IP to which; the most first. */
function flowsOf(moves: readonly Move[]): Flow[] {
  const ways = [...Map.groupBy(moves, ({from, to}) => `${from} ${to}`).values()]
  return ways
    .flatMap((way) => way.slice(0, 1).map(({from, to}) => ({from, to, count: way.length})))
    .toSorted((one, other) => other.count - one.count)
}
