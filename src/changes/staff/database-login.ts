import {sql} from 'kysely'
import {scramVerifier} from '../../db/scram.ts'
import type {AuditedTransaction, Reader} from '../../db/transaction.ts'
import {findLogin, type Login, ownRights} from '../../queries/staff/login.ts'
import {findLoginReach} from '../../queries/staff/login-reach.ts'
import type {EnrollmentStep} from '../../rules/enrollment.ts'
import {Conflict, NotFound, PermissionDenied} from '../../rules/errors.ts'
import {quotedName} from '../../rules/login-name.ts'
import {type EnrollmentPart, nothing} from './enrollment-part.ts'

/** The database login that somebody shall operate with. */
export interface LoginInput {
  login: string
  createLogin: boolean
  /** Printable ASCII; only its verifier leaves this process. */
  password: string | undefined
}

/**
 * What the database login still needs: to be made, or to be let into the group of operators.
 * @param isBack whether it was theirs before, and a revocation may have forbidden it to log in
 * @throws NotFound, Conflict; PermissionDenied, with the SQL for somebody who may, when this operator's login may not.
 */
export async function planLogin(
  db: Reader,
  {login, createLogin, password}: LoginInput,
  isBack: boolean,
): Promise<EnrollmentPart> {
  const found = await findLogin(db, login)
  if (!found && !createLogin)
    throw new NotFound(`There is no login ${login} in this database.`, {hint: 'To make it as well: --create-login'})
  if (!found) return planCreation(db, login, password)
  if (createLogin)
    throw new Conflict(`There is a login ${login} already.`, {hint: 'To enroll it as it is, leave out --create-login.'})
  assertFit(login, {...found, can_log_in: found.can_log_in || isBack})
  const parts = [
    found.is_operator ? nothing : await planAdmission(db, login, found),
    found.can_log_in ? nothing : await planReturn(db, login),
  ]
  return {rows: [], effects: parts.flatMap(({effects}) => effects), warnings: []}
}

async function planCreation(db: Reader, login: string, password: string | undefined): Promise<EnrollmentPart> {
  const rights = await ownRights(db)
  if (!rights.creates || !rights.admits) throw lacksRights(rights.login, `create ${login}`, creation(login))
  const how = password === undefined ? 'without a password' : 'with the password from stdin'
  const noPassword = `${login} will have no password: it can log in only where the server asks for none.`
  return {
    rows: [],
    effects: [{step: 'create login', login, what: `${login}, in the group pm_operator, ${how}`}],
    warnings: password === undefined ? [noPassword] : [],
  }
}

async function planAdmission(db: Reader, login: string, {inherits}: Login): Promise<EnrollmentPart> {
  const rights = await ownRights(db)
  if (!rights.admits) throw lacksRights(rights.login, `let ${login} into pm_operator`, admission(login))
  if (!inherits) {
    throw new Conflict(`${login} does not inherit what its groups may.`, {
      hint: `A database administrator changes that: alter role ${quotedName(login)} inherit`,
    })
  }
  return {rows: [], effects: [{step: 'let in', login, what: `${login}, into the group pm_operator`}], warnings: []}
}

// A revocation forbids a login to log in, where it may.
async function planReturn(db: Reader, login: string): Promise<EnrollmentPart> {
  const reach = await findLoginReach(db, login)
  if (!reach?.may_alter) throw lacksRights(`${reach?.own}`, `let ${login} log in again`, allowance(login))
  return {...nothing, effects: [{step: 'allow login', login, what: `${login} may log in again`}]}
}

/** @throws Conflict for a login that cannot log in, or that the guard could not hold. */
function assertFit(login: string, found: Login): void {
  if (!found.can_log_in)
    throw new Conflict(`${login} is a group, and cannot log in.`, {hint: 'Enroll the login of one person.'})
  const power = beyondGuard(found)
  if (power === undefined) return
  throw new Conflict(`${login} ${power}, so that no role of the staff could hold it.`, {
    hint: 'Enroll a login that has no other use: --login NAME --create-login',
  })
}

function beyondGuard({is_superuser, bypasses_rls, is_owner}: Login): string | undefined {
  if (is_superuser) return 'is a superuser'
  if (is_owner) return "owns the platform's tables"
  return bypasses_rls ? 'bypasses row-level security' : undefined
}

function lacksRights(own: string, what: string, statement: string): PermissionDenied {
  return new PermissionDenied(`The login ${own} may not ${what}.`, {
    hint: `A database administrator runs: ${statement}; and then it is enrolled without --create-login.`,
    details: {sql: statement},
  })
}

/** Makes the login or lets it in, just as the steps say that were shown. */
export async function makeLogin(
  {db}: AuditedTransaction,
  {effects}: Pick<EnrollmentPart, 'effects'>,
  {password}: LoginInput,
): Promise<void> {
  for (const {step, login} of effects) {
    const statement = statementOf(step, login, password)
    if (statement !== undefined) await sql.raw(statement).execute(db).catch(changedMeanwhile(login))
  }
}

function statementOf(step: EnrollmentStep['step'], login: string, password?: string): string | undefined {
  if (step === 'create login') return creation(login, password)
  if (step === 'let in') return admission(login)
  return step === 'allow login' ? allowance(login) : undefined
}

/** @throws Conflict when the login is not what it was when this was planned. */
export async function verifyLogin(db: Reader, login: string): Promise<void> {
  const found = await findLogin(db, login)
  if (!found?.is_operator) throw new Conflict(`${login} was dropped or shut out meanwhile. Nothing was changed.`)
  assertFit(login, found)
}

function creation(login: string, password?: string): string {
  const secret = password === undefined ? '' : ` password '${scramVerifier(password)}'`
  return `create role ${quotedName(login)} login${secret} in role pm_operator`
}

/** What lets a login in again that was shut out, for an administrator to run. */
export function wayBackIn(login: string): string {
  return `${admission(login)}; ${allowance(login)}`
}

function admission(login: string): string {
  return `grant pm_operator to ${quotedName(login)}`
}

function allowance(login: string): string {
  return `alter role ${quotedName(login)} login`
}

// SQLSTATEs duplicate_object and undefined_object.
function changedMeanwhile(login: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof Error && 'code' in error && ['42710', '42704'].includes(String(error.code)))
      throw new Conflict(`${login} was made or dropped meanwhile. Nothing was changed.`, {cause: error})
    throw error
  }
}
