import {listCarrying} from '../../queries/vps/carrying.ts'
import {getVps} from '../../queries/vps/find.ts'
import {Conflict} from '../../rules/errors.ts'
import {firstFew} from '../../rules/first-few.ts'
import type {Move} from '../../rules/ip-placement.ts'
import {assertVpsMove, type VpsStatus} from '../../rules/vps-lifecycle.ts'
import {type QuarantineInput, quarantineIps} from '../ip/quarantine.ts'
import {verifyCounts} from '../ip/true-counts.ts'
import type {Change, Plan, RowChange} from '../plan.ts'
import {counted} from '../wording.ts'

export interface DecommissionInput extends Pick<QuarantineInput, 'maxPerIp'> {
  vps: string
  /** When it goes, ISO 8601. */
  on: string
  /** Quarantine its IPs first, so that their domains move to healthy ones. */
  evacuate: boolean
}

/** Schedules the end of a VPS. It must carry no domains any more, or be evacuated in the same change. */
export const decommissionVps: Change<DecommissionInput, Move> = {
  permission: 'vps.write',
  grade: 'moderate',
  plan: async (db, {vps: named, on, evacuate, maxPerIp}, operator) => {
    const vps = await getVps(db, named)
    const name = vps.name ?? vps.id
    // Of one that is scheduled already, the date changes.
    if (vps.status !== 'scheduled_decommission') assertVpsMove(name, vps.status, 'scheduled_decommission')
    const carrying = await listCarrying(db, vps.id)
    if (carrying.length > 0 && !evacuate) throw stillCarries(name, carrying)
    const ips = carrying.map(({ip}) => ip)
    const evacuation =
      ips.length > 0
        ? await quarantineIps.plan(db, {ips, maxPerIp, reassign: true, avoidVps: vps.id}, operator)
        : nothing
    const row = vpsChange(vps, {status: 'scheduled_decommission', decommission_scheduled_for: on})
    return {
      headline: `Decommission ${name} on ${on.slice(0, 10)}${ips.length > 0 ? `, after moving ${counted(evacuation.effects.length, 'domain')} off it` : ''}.`,
      subject: name,
      targets: [`vps:${name}`, ...evacuation.targets],
      rows: [row, ...evacuation.rows],
      effects: evacuation.effects,
      warnings: evacuation.warnings,
    }
  },
  verify: verifyCounts,
}

/** Takes the schedule back: the VPS stays. */
export const keepVps: Change<{vps: string}> = {
  permission: 'vps.write',
  grade: 'moderate',
  plan: async (db, {vps: named}) => {
    const vps = await getVps(db, named)
    const name = vps.name ?? vps.id
    if (vps.status !== 'scheduled_decommission') throw new Conflict(`${name} is ${vps.status}: nothing is scheduled.`)
    return {
      headline: `Keep ${name}: it is not decommissioned.`,
      subject: name,
      targets: [`vps:${name}`],
      rows: [vpsChange(vps, {status: 'active', decommission_scheduled_for: null})],
      effects: [],
      warnings: [],
    }
  },
}

const nothing: Pick<Plan<Move>, 'targets' | 'rows' | 'effects' | 'warnings'> = {
  targets: [],
  rows: [],
  effects: [],
  warnings: [],
}

type Vps = Awaited<ReturnType<typeof getVps>>

function vpsChange(
  {id, name, status, decommission_on}: Vps,
  after: {status: VpsStatus; decommission_scheduled_for: string | null},
): RowChange {
  const before = {status, decommission_scheduled_for: decommission_on}
  return {table: 'public.vps_instances', label: `vps ${name ?? id}`, key: {id}, before, after}
}

function stillCarries(name: string, carrying: readonly {ip: string; domains: number}[]): Conflict {
  return new Conflict(`${name} still carries ${inWords(carrying)}.`, {
    hint: 'Move them off in the same change with --evacuate.',
    details: {ips: carrying.map(({ip}) => ip)},
  })
}

function inWords(carrying: readonly {ip: string; domains: number}[]): string {
  const domains = carrying.reduce((sum, ip) => sum + ip.domains, 0)
  return `${counted(domains, 'domain')} on ${firstFew(carrying.map(({ip}) => ip))}`
}
