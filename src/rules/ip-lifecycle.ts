import {Conflict} from './errors.ts'

/** The states of a sending IP (guide: smtp_ip_addresses.status). */
export const ipStatuses = ['available', 'assigned', 'warming', 'warmed', 'degraded', 'burned', 'quarantined'] as const
export type IpStatus = (typeof ipStatuses)[number]

/** What the world thinks of a sending IP (guide: smtp_ip_addresses.reputation_state), best first. */
export const reputations = ['good', 'fair', 'poor', 'critical'] as const
export type Reputation = (typeof reputations)[number]

/**
 * Legal moves. A quarantined IP comes back through warming (its reputation must be earned anew) or straight to
 * available when it was listed by mistake. A burned IP is the end: its address is given back to the provider.
 */
export const ipMoves: Readonly<Record<IpStatus, readonly IpStatus[]>> = {
  available: ['assigned', 'warming', 'quarantined', 'burned'],
  assigned: ['available', 'warming', 'warmed', 'degraded', 'quarantined', 'burned'],
  warming: ['available', 'warmed', 'degraded', 'quarantined', 'burned'],
  warmed: ['available', 'assigned', 'degraded', 'quarantined', 'burned'],
  degraded: ['warming', 'warmed', 'quarantined', 'burned'],
  quarantined: ['warming', 'available', 'burned'],
  burned: [],
}

export function legalIpMoves(from: IpStatus): readonly IpStatus[] {
  return ipMoves[from]
}

/**
 * @throws Conflict naming the legal moves when `to` cannot follow `from`.
 */
export function assertIpMove(ip: string, from: IpStatus, to: IpStatus): void {
  if (ipMoves[from].includes(to)) return
  throw new Conflict(`${ip} is ${from} and cannot become ${to}.`, {
    hint: legalMovesInWords(from),
    details: {ip, from, to, legal: ipMoves[from]},
  })
}

/** Whether an IP may be taken out of sending: one that is out already may not. A status of null is not known. */
export function mayBeQuarantined(status: IpStatus | null): boolean {
  return status === null || ipMoves[status].includes('quarantined')
}

export function legalMovesInWords(from: IpStatus): string {
  const legal = ipMoves[from]
  return legal.length === 0 ? 'It stays as it is.' : `From ${from} it can become ${legal.join(', ')}.`
}

/** The states in which an IP may carry domains. */
const carrying: ReadonlySet<IpStatus> = new Set(['assigned', 'warming', 'warmed', 'degraded'])

export function mayCarryDomains(status: IpStatus): boolean {
  return carrying.has(status)
}

/** The states in which no domain may send by an IP any more. */
export const outOfSending = ['quarantined', 'burned'] as const satisfies readonly IpStatus[]

export function isOutOfSending(status: unknown): boolean {
  return outOfSending.some((out) => out === status)
}
