import {Conflict} from './errors.ts'

/** The states of a VPS instance (guide: vps_instances.status). */
export const vpsStatuses = ['active', 'provisioning', 'scheduled_decommission', 'decommissioned'] as const
export type VpsStatus = (typeof vpsStatuses)[number]

/** Where a VPS can go from each state. */
export const vpsMoves: Readonly<Record<VpsStatus, readonly VpsStatus[]>> = {
  provisioning: ['active', 'scheduled_decommission'],
  active: ['scheduled_decommission'],
  scheduled_decommission: ['active', 'decommissioned'],
  decommissioned: [],
}

/** @throws Conflict naming the legal moves when `to` cannot follow `from`. */
export function assertVpsMove(vps: string, from: VpsStatus | null, to: VpsStatus): void {
  if (from === null || vpsMoves[from].includes(to)) return
  const legal =
    vpsMoves[from].length === 0 ? 'It stays as it is.' : `From ${from} it can become ${vpsMoves[from].join(', ')}.`
  throw new Conflict(`${vps} is ${from} and cannot become ${to}.`, {
    hint: legal,
    details: {vps, from, to, legal: vpsMoves[from]},
  })
}
