import {endSessions} from '../../db/end-sessions.ts'
import {readUnidentified, type Session} from '../../db/transaction.ts'
import {isRevoked} from '../../queries/staff/login.ts'
import {findLoginReach, type LoginReach} from '../../queries/staff/login-reach.ts'
import {PartlyDone, PmError} from '../../rules/errors.ts'
import {counted} from '../wording.ts'
import {endSessionsOf, noLogin, takeOutWholly} from './shut-out-sql.ts'

/**
 * Ends the sessions of a login that is shut out, once that is committed: before, it could come back. Returns how many.
 * One that was enrolled again since keeps its own.
 * @throws PartlyDone, with the SQL for the rest, where a session is left or the server still lets the login in
 */
export async function endItsSessions(session: Session, login: string): Promise<number> {
  const {reach, ended, left} = await attempt(session, login)
  const rest = reach ? restOf(login, reach, left) : []
  if (rest.length > 0) throw unfinished(login, left, rest)
  return ended
}

async function attempt(session: Session, login: string) {
  try {
    const reach = await readUnidentified(session, async (db) =>
      (await isRevoked(db, login)) ? findLoginReach(db, login) : undefined,
    )
    return {reach, ...(reach ? await endSessions(session, login, reach.ends_sessions) : {ended: 0, left: 0})}
  } catch (error) {
    if (!(error instanceof PmError)) throw error
    throw new PartlyDone(`${login} may do nothing with pm any more, but whether sessions of it are left is unknown.`, {
      hint: `A database administrator runs: ${endSessionsOf(login)}`,
      details: {login, sql: [endSessionsOf(login)]},
      cause: error,
    })
  }
}

function restOf(login: string, reach: LoginReach, left: number): string[] {
  return [
    ...(reach.memberships.length > 0 ? [takeOutWholly(login, reach)] : []),
    ...(left > 0 && reach.can_log_in ? [noLogin(login)] : []),
    ...(left > 0 ? [endSessionsOf(login)] : []),
  ]
}

function unfinished(login: string, left: number, rest: readonly string[]): PartlyDone {
  const open =
    left === 0 ? 'the server still lets it in' : `${counted(left, 'session')} of it ${left === 1 ? 'is' : 'are'} left`
  return new PartlyDone(`${login} may do nothing with pm any more, but ${open}.`, {
    hint: `A database administrator runs: ${rest.join('; ')}`,
    details: {login, sessions: left, sql: rest},
  })
}
