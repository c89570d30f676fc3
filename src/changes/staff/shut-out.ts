import {sql} from 'kysely'
import type {AuditedTransaction, Reader} from '../../db/transaction.ts'
import {findLoginReach, type LoginReach} from '../../queries/staff/login-reach.ts'
import {Conflict} from '../../rules/errors.ts'
import type {RevocationStep} from '../../rules/revocation.ts'
import type {Plan} from '../plan.ts'
import {counted} from '../wording.ts'
import {endSessionsOf, noLogin, takeOut, takeOutWholly} from './shut-out-sql.ts'

/** What keeps a login out besides its mapping. */
export interface ShutOut extends Pick<Plan<RevocationStep>, 'effects' | 'warnings'> {
  /** Whether something of it is left to do. */
  isOpen: boolean
}

type Shown = Pick<ShutOut, 'effects'>

/**
 * What else keeps a login out than its mapping: the server's own rights, and the end of its sessions (data-safety §8.10).
 * What this operator's login may not do is said with the SQL for somebody who may.
 */
export async function planShutOut(db: Reader, login: string): Promise<ShutOut> {
  const reach = await findLoginReach(db, login)
  if (!reach) return {effects: [], warnings: [`The server has no login ${login} any more.`], isOpen: false}
  const effects = stepsOf(login, reach)
  const isOpen =
    effects.some(({step}) => step !== 'end sessions') || (reach.ends_sessions !== null && reach.sessions > 0)
  return {effects, warnings: warningsOf(login, reach), isOpen}
}

function stepsOf(login: string, reach: LoginReach): RevocationStep[] {
  const {can_log_in, may_alter, ends_sessions, sessions} = reach
  const now = `${counted(sessions, 'session')} now, in all databases of the server`
  const open = sessions === 0 ? 'none is open now; those that open meanwhile' : now
  const steps: (RevocationStep | false)[] = [
    mayTakeOut(reach) && {step: 'shut out', target: login, what: `${login}, from the group pm_operator`},
    can_log_in && may_alter && {step: 'no login', target: login, what: `${login} may not log in any more`},
    ends_sessions !== null && {step: 'end sessions', target: login, what: open},
  ]
  return steps.filter((step) => step !== false)
}

function mayTakeOut({memberships, let_in}: LoginReach): boolean {
  return memberships.length > 0 && let_in.length === 0 && memberships.every(({may_revoke}) => may_revoke)
}

function warningsOf(login: string, reach: LoginReach): string[] {
  const {own, memberships, can_log_in, may_alter, sessions, ends_sessions, by_other_group} = reach
  const mayNot = (what: string, statement: string) =>
    `Your login ${own} may not ${what}. A database administrator runs: ${statement}`
  const inGroup = memberships.length > 0 && !mayTakeOut(reach)
  const warnings = [
    inGroup && mayNot(`take ${login} out of pm_operator`, takeOutWholly(login, reach)),
    can_log_in && !may_alter && mayNot(`forbid ${login} to log in`, noLogin(login)),
    sessions > 0 && ends_sessions === null && mayNot(`end the sessions of ${login}`, endSessionsOf(login)),
    by_other_group && `${login} is in pm_operator by way of another group, and stays there.`,
  ]
  return warnings.filter((warning) => warning !== false)
}

/** Does what the steps say that were shown, in the transaction that disables the login. */
export async function shutOut({db, reader}: AuditedTransaction, {effects}: Shown): Promise<void> {
  for (const {step, target: login} of effects) {
    const memberships = step === 'shut out' ? ((await findLoginReach(reader, login))?.memberships ?? []) : []
    for (const membership of memberships) await sql.raw(takeOut(login, membership)).execute(db)
    if (step === 'no login') await sql.raw(noLogin(login)).execute(db)
  }
}

/** @throws Conflict when the login is let in all the same: PostgreSQL only warns of what it did not revoke */
export async function verifyShutOut(db: Reader, {effects}: Shown): Promise<void> {
  const out = effects.find(({step}) => step === 'shut out')
  if (!out || (await findLoginReach(db, out.target))?.memberships.length === 0) return
  throw new Conflict(`${out.target} was let into pm_operator meanwhile. Nothing was changed.`)
}
