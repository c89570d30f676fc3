import type {Reader} from '../../db/transaction.ts'
import {databaseNow} from '../../queries/clock.ts'
import {liveAssignments} from '../../queries/ip/assignments.ts'
import type {IpRow} from '../../queries/ip/columns.ts'
import {getIps} from '../../queries/ip/find.ts'
import {assertIpMove} from '../../rules/ip-lifecycle.ts'
import type {Move} from '../../rules/ip-placement.ts'
import {eachPossible} from '../each-possible.ts'
import type {Change, Plan} from '../plan.ts'
import {deletedWarning} from '../tenant/deleted-warning.ts'
import {leftAlone, named} from '../wording.ts'
import {chooseHosts, type HostChoice} from './choose-hosts.ts'
import {headlineOf, movesOf, targetsOf, warningsOf} from './moves.ts'
import {arrivals, leavingIp, movedDomains} from './rows.ts'
import {verifyCounts} from './true-counts.ts'

export interface QuarantineInput extends HostChoice {
  ips: readonly string[]
}

/** Takes IPs out of sending: their live assignments expire and each domain moves to a healthy IP. */
export const quarantineIps: Change<QuarantineInput, Move> = {
  permission: 'ip.write',
  grade: 'moderate',
  plan: planQuarantine,
  verify: verifyCounts,
}

async function planQuarantine(db: Reader, input: QuarantineInput): Promise<Plan<Move>> {
  const all = await getIps(db, input.ips)
  const ips = all.filter(({status}) => status !== 'quarantined')
  await eachPossible(ips, nameOf, ({ip, status}) => {
    if (status) assertIpMove(ip, status, 'quarantined')
  })
  const assignments = await liveAssignments(
    db,
    ips.map(({id}) => id),
  ).execute()
  const {seats, homes} = await chooseHosts(db, ips, assignments, input)
  const moves = await movesOf(db, ips, assignments, homes)
  const hosts = seats.map(({host}) => host)
  const moved = movedDomains(assignments, seats, await databaseNow(db))
  const meant = ips.length > 0 ? ips : all
  const what = named(meant.map(nameOf), 'IP')
  return {
    headline: headlineOf(what, meant.length, moves),
    subject: what,
    targets: targetsOf(moves, ips.map(nameOf)),
    rows: [
      ...ips.map(leavingIp),
      ...(await arrivals(db, hosts)),
      ...moved.map((row) => ({...row, inEffects: true as const})),
    ],
    effects: moves,
    warnings: [
      ...leftAlone(all.filter((ip) => !ips.includes(ip)).map(nameOf), 'quarantined'),
      ...warningsOf(moves),
      ...(await deletedWarning(
        db,
        assignments.map(({tenant_id}) => tenant_id),
      )),
    ],
  }
}

function nameOf({ip}: IpRow): string {
  return ip
}
