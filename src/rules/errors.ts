import {type ExitReason, exitCodes} from './exit-codes.ts'
import type {Sought} from './sought.ts'

export interface ErrorParts {
  /** What the operator can do about it: a sentence or a command. */
  hint?: string
  /** For a suggestion in front of the hint; never acted upon. */
  sought?: Sought
  /** Data for scripts; printed under `-o json` only. */
  details?: unknown
  cause?: unknown
  /** The same error where the names that it is about come from a list: it says where they stand. */
  placed?: (list: ListOfNames) => PmError
}

/** A list of names, as far as errors are about it. */
export interface ListOfNames {
  /** Where a name stands in it, in words: `tenants.csv line 3`; undefined for one that does not. */
  whereOf(name: string): string | undefined
  /** What is wrong if these unknown names are none: a header, or what separates the fields. */
  misread(unknown: readonly string[]): PmError | undefined
}

/** Something an operator can act on. Every other error is a bug and keeps its stack. */
export abstract class PmError extends Error {
  abstract readonly reason: ExitReason
  /** Its commands get to say where they are run when it is known; see ConnectedCommand. */
  hint: string | undefined
  readonly details: unknown
  /** A kind of things becomes names when somebody has looked; see AskingCommand. */
  sought: Sought | undefined
  readonly placed: ErrorParts['placed']

  constructor(message: string, {hint, details, cause, sought, placed}: ErrorParts = {}) {
    super(message, {cause})
    this.name = new.target.name
    this.hint = hint
    this.details = details
    this.sought = sought
    this.placed = placed
  }

  get exitCode(): number {
    return exitCodes[this.reason].code
  }

  /** The stable name scripts match on: the reason in snake_case. */
  get code(): string {
    return this.reason.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
  }
}

/** The command line is wrong. */
export class UsageError extends PmError {
  readonly reason = 'usage'
}

/** What was named does not exist. */
export class NotFound extends PmError {
  readonly reason = 'notFound'
}

/** The database does not know this login as an operator. */
export class NotIdentified extends PmError {
  readonly reason = 'notIdentified'
}

/** The operator's role lacks a permission. */
export class PermissionDenied extends PmError {
  readonly reason = 'permissionDenied'
}

/** Not possible as things stand, or changed meanwhile. Nothing was done. */
export class Conflict extends PmError {
  readonly reason = 'conflict'
}

/** A rule that the platform keeps in its database would not have it: a constraint, or a trigger that raised. */
export class RuleBroken extends Conflict {
  /** What the rule says, in its own words. */
  readonly said: string

  constructor(said: string, parts: ErrorParts = {}) {
    super(`The database would not have it: ${said.replace(/[.!?]$/, '')}. Nothing was changed.`, parts)
    this.said = said
  }
}

/** Consent is needed and there is nobody to ask. */
export class ConsentNeeded extends PmError {
  readonly reason = 'consentNeeded'
}

/** Some of many things failed. */
export class PartlyDone extends PmError {
  readonly reason = 'partlyDone'
}

/** A check found something, or a dry run would change something. */
export class CheckFailed extends PmError {
  readonly reason = 'checkFailed'
}

/** DNS or Stripe failed. */
export class UpstreamFailed extends PmError {
  readonly reason = 'upstreamFailed'
}

/** No connection to the database, or it was lost. */
export class DatabaseUnreachable extends PmError {
  readonly reason = 'databaseUnreachable'
}

/** The connection was lost while a change was being committed, and nobody could say what became of it. */
export class CommitUnknown extends DatabaseUnreachable {}

/** A time limit of pm or of the database passed. */
export class TimedOut extends PmError {
  readonly reason = 'timedOut'
}

/** The operator pressed Ctrl-C or declined. */
export class Interrupted extends PmError {
  readonly reason = 'interrupted'
}
