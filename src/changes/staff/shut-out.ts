import {type RawBuilder, sql} from 'kysely'
import type {AuditedTransaction, Reader} from '../../db/transaction.ts'
import {ownRights} from '../../queries/staff/login.ts'
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
  /** Whether this operator's login may let it in again. */
  mayReturn: boolean
}

/**
 * What else keeps a login out than its mapping: the server's own rights, and the end of its sessions (data-safety §8.10).
 * What this operator's login may not do is said with the SQL for somebody who may.
 */
export async function planShutOut(db: Reader, login: string): Promise<ShutOut> {
  const reach = await findLoginReach(db, login)
  if (!reach)
    return {
      effects: [],
      warnings: [`The server has no such login any more: ${login}.`],
      isOpen: false,
      mayReturn: false,
    }
  const effects = stepsOf(login, reach)
  const isOpen =
    effects.some(({step}) => step !== 'end sessions') || (reach.ends_sessions !== null && reach.sessions > 0)
  const mayReturn = reach.may_alter && (await ownRights(db)).admits
  return {effects, warnings: warningsOf(login, reach), isOpen, mayReturn}
}

function stepsOf(login: string, reach: LoginReach): RevocationStep[] {
  const {can_log_in, takes_out, forbids_login, ends_sessions, sessions} = reach
  const now = `${counted(sessions, 'session')} now, in all databases of the server`
  const open = sessions === 0 ? 'none is open now; those that open meanwhile' : now
  const steps: (RevocationStep | false)[] = [
    takes_out !== null && {step: 'shut out', target: login, what: `${login}, from the group pm_operator`},
    can_log_in && forbids_login !== null && {step: 'no login', target: login, what: `${login} may not log in any more`},
    ends_sessions !== null && {step: 'end sessions', target: login, what: open},
  ]
  return steps.filter((step) => step !== false)
}

function warningsOf(login: string, reach: LoginReach): string[] {
  const {own, memberships, can_log_in, takes_out, forbids_login, sessions, ends_sessions, by_other_group} = reach
  // The same of every login up to the colon, so that of many it is said once.
  const mayNot = (what: string, statement: string) =>
    `Your login ${own} may not ${what}. A database administrator runs: ${statement}`
  const inGroup = memberships.length > 0 && !takes_out
  const warnings = [
    inGroup && mayNot('take it out of pm_operator', takeOutWholly(login, reach)),
    can_log_in && !forbids_login && mayNot('forbid it to log in', noLogin(login)),
    sessions > 0 && ends_sessions === null && mayNot('end its sessions', endSessionsOf(login)),
    by_other_group && `In pm_operator by way of another group, and stays there: ${login}.`,
  ]
  return warnings.filter((warning) => warning !== false)
}

/**
 * Does what the steps say that were shown, in the transaction that disables the login. It leaves its group last: by that,
 * pm.shut_out knows it.
 */
export async function shutOut({db, reader}: AuditedTransaction, steps: readonly RevocationStep[]): Promise<void> {
  for (const {step, target: login} of steps.toReversed()) {
    const reach = await findLoginReach(reader, login)
    for (const statement of reach ? statementsOf(step, login, reach) : []) await statement.execute(db)
  }
}

function statementsOf(step: RevocationStep['step'], login: string, reach: LoginReach): RawBuilder<unknown>[] {
  const lent = sql`select from pm.shut_out(${login}, ${step})`
  if (step === 'no login') return [reach.forbids_login === 'lent' ? lent : sql.raw(noLogin(login))]
  if (step !== 'shut out') return []
  return reach.takes_out === 'lent' ? [lent] : reach.memberships.map((each) => sql.raw(takeOut(login, each)))
}

/** @throws Conflict when the login is let in all the same: PostgreSQL only warns of what it did not revoke */
export async function verifyShutOut(db: Reader, steps: readonly RevocationStep[]): Promise<void> {
  const out = steps.find(({step}) => step === 'shut out')
  if (!out || (await findLoginReach(db, out.target))?.memberships.length === 0) return
  throw new Conflict(`${out.target} was let into pm_operator meanwhile. Nothing was changed.`)
}
