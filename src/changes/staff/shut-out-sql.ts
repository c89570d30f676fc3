import type {LoginReach} from '../../queries/staff/login-reach.ts'
import {quotedName} from '../../rules/login-name.ts'

/** A membership taken back by who gave it, where the server tells that. */
export function takeOut(login: string, {granted_by}: LoginReach['memberships'][number]): string {
  return `revoke pm_operator from ${quotedName(login)}${granted_by === null ? '' : ` granted by ${quotedName(granted_by)}`}`
}

/** All memberships, for an administrator to run; whom the login let in goes with it, unless somebody else lets them in. */
export function takeOutWholly(login: string, {memberships, let_in}: LoginReach): string {
  if (let_in.length === 0) return memberships.map((membership) => takeOut(login, membership)).join('; ')
  const others = `grant pm_operator to ${let_in.map(quotedName).join(', ')}`
  return [others, ...memberships.map((membership) => `${takeOut(login, membership)} cascade`)].join('; ')
}

export function noLogin(login: string): string {
  return `alter role ${quotedName(login)} nologin`
}

export function endSessionsOf(login: string): string {
  return `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${login.replaceAll("'", "''")}'`
}
