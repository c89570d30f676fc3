import type {Operator} from '../../db/identity.ts'
import type {Reader, Session} from '../../db/transaction.ts'
import {databaseNow} from '../../queries/clock.ts'
import type {StaffMember} from '../../queries/staff/find.ts'
import type {RevocationStep} from '../../rules/revocation.ts'
import type {Change, Plan, RowChange} from '../plan.ts'
import {counted} from '../wording.ts'
import {wayBackIn} from './database-login.ts'
import {endItsSessions} from './end-sessions.ts'
import {nameOf} from './person.ts'
import {planShutOut, type ShutOut, shutOut, verifyShutOut} from './shut-out.ts'

/** What the revocation of a login adds to a plan. */
type RevocationPart = Pick<Plan<RevocationStep>, 'rows' | 'effects' | 'warnings'>

type Steps = readonly RevocationStep[]

/** What a revocation does besides its rows: as rows alone, it would leave the door open and the sessions in. */
export const revocation = {
  permission: 'staff.write',
  isAbout: (rows: readonly RowChange[], steps: Steps) => steps.every((step) => isOfRows(step, rows)),
  besides: shutOut,
  verify: verifyShutOut,
  afterwards: async (session: Session, steps: Steps) => {
    const login = disabledBy(steps)
    return login !== undefined && session.identity.kind === 'session' ? endItsSessions(session, login) : 0
  },
} as const

/** The same of a change that was planned. */
export const besidesRevoking: Pick<Change<unknown, RevocationStep>, 'besides' | 'verify' | 'afterwards'> = {
  besides: (trx, {effects}) => revocation.besides(trx, effects),
  verify: (db, {effects}) => revocation.verify(db, effects),
  afterwards: async (session, {effects}) => {
    const login = disabledBy(effects)
    if (login === undefined || session.identity.kind !== 'session') return undefined
    const ended = await revocation.afterwards(session, effects)
    return ended === 0 ? `${login} has no session.` : `Ended ${counted(ended, 'session')} of ${login}; none is left.`
  },
}

function disabledBy(steps: Steps): string | undefined {
  return steps.find(({step}) => step === 'disable')?.target
}

// A step is shown by the name of whom or of what it is; nothing is done but to a login that the rows disable.
function isOfRows({step, target}: RevocationStep, rows: readonly RowChange[]): boolean {
  if (step === 'remove') return true
  return rows.some(({table, key, after}) => {
    return table === 'pm.operator_logins' && key.login === target && typeof after?.disabled === 'string'
  })
}

// Where identity is declared, a login says nothing, and sessions are not anybody's.
const nothingElse: ShutOut = {effects: [], warnings: [], isOpen: false, mayReturn: false}

/** Disables a login and shuts it out; nothing where that was done already, and nothing is left to do. */
export async function planRevocation(
  db: Reader,
  login: string,
  member: StaffMember,
  {enforced_by}: Operator,
): Promise<RevocationPart> {
  const {user_id, revoked} = member
  const out = enforced_by === 'transaction' ? nothingElse : await planShutOut(db, login)
  if (revoked !== null && !out.isOpen) return {rows: [], effects: [], warnings: out.warnings}
  return {
    rows: [
      {
        table: 'pm.operator_logins',
        label: `login ${login}`,
        key: {login},
        before: {user_id, disabled: revoked},
        after: {disabled: await databaseNow(db)},
        inEffects: true,
      },
    ],
    effects: [{step: 'disable', target: login, what: `${login}, from its next statement on`}, ...out.effects],
    warnings: [...out.warnings, ...wayBack(login, member, out)],
  }
}

function wayBack(login: string, member: StaffMember, {effects, mayReturn}: ShutOut): string[] {
  if (!effects.some(({step}) => step !== 'end sessions')) return []
  const undo = 'An undo alone does not let a login in again'
  if (mayReturn) return [`${undo}: pm staff enroll ${nameOf(member)} --login ${login} does.`]
  return [`${undo}; for that, a database administrator also runs: ${wayBackIn(login)}`]
}
