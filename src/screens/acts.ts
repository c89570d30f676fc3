import {accountMoves} from '../rules/account-status.ts'
import {campaignMoves} from '../rules/campaign-lifecycle.ts'
import {ipMoves} from '../rules/ip-lifecycle.ts'
import {jobMoves} from '../rules/job-lifecycle.ts'
import {needsSecret} from '../rules/mask.ts'
import {vpsMoves} from '../rules/vps-lifecycle.ts'

/** A thing as its page has it: the record of the command that shows it. */
export type Thing = Readonly<Record<string, unknown>>

/** Something that can be done with a thing; what else the command needs it asks for itself. */
export interface Act {
  command: string
  /** Whether the thing is in a state in which it can be done. */
  fits(thing: Thing): boolean
  /** The field of the thing that names a permission which this takes, too. */
  needs: string | undefined
}

interface Conditions {
  when?: Act['fits']
  needs?: string
}

const act = (command: string, {when = () => true, needs}: Conditions = {}): Act => ({command, fits: when, needs})

/** Whether the rules let a thing go from its state to another. What is in a state they do not know is asked for. */
function mayBecome<State extends string>(
  moves: Readonly<Record<State, readonly State[]>>,
  to: State,
  field = 'status',
): Act['fits'] {
  const legal = new Map<unknown, readonly State[]>(Object.entries<readonly State[]>(moves))
  return (thing) => legal.get(thing[field])?.includes(to) ?? true
}

const is =
  (field: string, ...values: unknown[]): Act['fits'] =>
  (thing) =>
    values.includes(thing[field])

const either =
  (...fits: Act['fits'][]): Act['fits'] =>
  (thing) =>
    fits.some((one) => one(thing))

const not =
  (fits: Act['fits']): Act['fits'] =>
  (thing) =>
    !fits(thing)

const all =
  (...conditions: Act['fits'][]): Act['fits'] =>
  (thing) =>
    conditions.every((fits) => fits(thing))

/** What can be done with what a command shows, by that command's topic; the thing is the first argument of each. */
export const acts: Readonly<Record<string, readonly Act[]>> = {
  ip: [
    act('ip quarantine', {when: mayBecome(ipMoves, 'quarantined')}),
    act('ip release', {when: is('status', 'quarantined')}),
    act('ip check'),
    act('ip rate'),
    act('ip retire', {when: all(mayBecome(ipMoves, 'burned'), is('domains', 0))}),
  ],
  domain: [
    act('domain doctor'),
    act('domain check'),
    act('domain watch'),
    act('domain ips'),
    act('ip assign'),
    act('domain zone'),
    act('domain dkim rotate'),
    act('domain deployed'),
    act('domain set-primary', {when: is('primary', false)}),
    // Its accounts go only with it where that is said, and for good.
    act('domain remove', {when: is('account_count', 0)}),
  ],
  tenant: [
    act('tenant usage'),
    act('tenant dns'),
    act('tenant users'),
    act('tenant companies'),
    act('tenant config show'),
    act('tenant policy show'),
    act('subscription show'),
    act('tenant delete', {when: is('deleted', null)}),
    act('tenant restore', {when: not(is('deleted', null))}),
  ],
  job: [
    act('job results'),
    act('job watch', {when: is('standing', 'running', 'stopped', 'stalled', 'paused')}),
    act('job pause', {when: mayBecome(jobMoves, 'paused', 'standing')}),
    act('job resume', {when: is('standing', 'running', 'stopped', 'stalled', 'paused')}),
    act('job retry', {when: either(not(is('failed', 0)), is('standing', 'canceled'))}),
    act('job cancel', {when: mayBecome(jobMoves, 'canceled', 'standing')}),
  ],
  campaign: [
    act('campaign pause', {when: mayBecome(campaignMoves, 'paused')}),
    act('campaign resume', {when: mayBecome(campaignMoves, 'sending')}),
  ],
  account: [
    act('account suspend', {when: mayBecome(accountMoves, 'suspended')}),
    act('account activate', {when: mayBecome(accountMoves, 'active')}),
    act('account reset-count', {when: not(is('daily_count', 0))}),
  ],
  company: [act('company set-status')],
  vps: [
    act('vps decommission', {when: mayBecome(vpsMoves, 'scheduled_decommission')}),
    act('vps keep', {when: is('status', 'scheduled_decommission')}),
  ],
  flags: [
    act('flags enable', {when: is('enabled', false)}),
    act('flags disable', {when: is('enabled', true)}),
    act('flags rollout'),
    act('flags history'),
  ],
  plan: [
    act('plan subscribers'),
    act('plan activate', {when: is('is_active', false)}),
    act('plan deactivate', {when: is('is_active', true)}),
    act('plan open'),
  ],
  payment: [act('payment open')],
  staff: [
    act('staff remove', {when: is('on_staff', true)}),
    act('staff revoke', {when: all(not(is('login', null)), is('revoked', null))}),
  ],
  config: [act('config unset')],
  audit: [
    act('audit undo', {when: all(is('undone_by', null), not(is('rows', 0)), keepsEverything), needs: 'permission'}),
  ],
}

/** Whether the record of a change has all that going back takes: of secrets it has not. */
function keepsEverything({images}: Thing): boolean {
  return !(Array.isArray(images) && images.filter(isImage).some(needsSecret))
}

function isImage(value: unknown): value is Parameters<typeof needsSecret>[0] {
  return typeof value === 'object' && value !== null && 'before' in value && 'after' in value
}
