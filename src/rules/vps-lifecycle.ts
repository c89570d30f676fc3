import {Conflict} from './errors.ts'

/** The states of a VPS instance (guide: vps_instances.status). */
export const vpsStatuses = ['active', 'provisioning', 'scheduled_decommission', 'decommissioned'] as const
export type VpsStatus = (typeof vpsStatuses)[number]

const moves: Readonly<Record<VpsStatus, readonly VpsStatus[]>> = {
  provisioning: ['active', 'scheduled_decommission'],
  active: ['scheduled_decommission'],
  scheduled_decommission: ['active', 'decommissioned'],
  decommissioned: [],
}

/** @throws Conflict naming the legal moves when `to` cannot follow `from`. */
export function assertVpsMove(vps: string, from: VpsStatus | null, to: VpsStatus): void {
  if (from === null || moves[from].includes(to)) return
  const legal =
    moves[from].length === 0 ? 'It stays as it is.' : `From ${from} it can become ${moves[from].join(', ')}.`
  throw new Conflict(`${vps} is ${from} and cannot become ${to}.`, {
    hint: legal,
    details: {vps, from, to, legal: moves[from]},
  })
}
