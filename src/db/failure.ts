import {
  Conflict,
  DatabaseUnreachable,
  NotIdentified,
  PermissionDenied,
  PmError,
  RuleBroken,
  TimedOut,
} from '../rules/errors.ts'

type Meaning = (message: string, cause: Error) => PmError

const unreachable: Meaning = (message, cause) =>
  new DatabaseUnreachable(`The database could not be reached: ${message}`, {
    hint: 'See where pm connects: pm context show. Or choose another place with --context.',
    cause,
  })
const unverified: Meaning = (message, cause) =>
  new DatabaseUnreachable(`The database server could not be verified: ${message.replace(nodeAdvice, '')}`, {
    hint: 'Is it the right host? If its certificate authority is its own, name that: pm context add … --ca-file FILE',
    cause,
  })
const timedOut: Meaning = (message, cause) =>
  new TimedOut(`The database took too long: ${message}. Nothing was changed.`, {
    hint: 'Try again, or raise --timeout.',
    cause,
  })
const busy: Meaning = (message, cause) =>
  new Conflict(`Another session got in the way: ${message}. Nothing was changed.`, {
    hint: 'Look again, then try again.',
    cause,
  })
const referred: Meaning = (message, cause) =>
  new Conflict(
    `Something refers to what would go, or what it would refer to is gone: ${message}. Nothing was changed.`,
    {
      hint: 'Look again, then try again.',
      cause,
    },
  )
const readOnly: Meaning = (_message, cause) =>
  new Conflict('This database takes no writes from this login: it is a replica, or read-only. Nothing was changed.', {
    hint: 'Is it the primary? See pm db status. A login or database is made read-only by default_transaction_read_only.',
    cause,
  })
const notSetUp: Meaning = (_message, cause) =>
  new NotIdentified('This database has not been set up for pm, or this login may not use it.', {
    hint: 'An owner of the database runs `pm db setup`, then `pm staff enroll`.',
    cause,
  })
const badLogin: Meaning = (message, cause) =>
  new NotIdentified(`The database refused this login: ${message}`, {hint: 'Check user, password and host.', cause})

// As long as an operator will read of it.
const longestRule = 500

const ruleBroken: Meaning = (message, cause) =>
  new RuleBroken(message.slice(0, longestRule), {
    hint: `That is a rule of the platform’s database${keeperOf(cause)}, which pm cannot overrule.`,
    cause,
  })

/** SQLSTATEs and socket errors an operator can act on; every other error is a bug (PostgreSQL, Appendix A). */
const meanings: Readonly<Record<string, Meaning>> = {
  '42501': (message, cause) => new PermissionDenied(`The database refused: ${message}. Nothing was changed.`, {cause}),
  '28000': badLogin,
  '28P01': badLogin,
  '57014': timedOut,
  '55P03': timedOut,
  '25P03': timedOut,
  // A transaction that begins read-only and cannot be made to write.
  '25001': readOnly,
  '25006': readOnly,
  '40001': busy,
  '40P01': busy,
  '23505': busy,
  '23503': referred,
  '3F000': notSetUp,
  '42883': notSetUp,
  '42P01': notSetUp,
  '3D000': unreachable,
  // A database that takes no connections for now (ALTER DATABASE … ALLOW_CONNECTIONS false).
  '55000': unreachable,
  '53300': unreachable,
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  ENOTFOUND: unreachable,
  EAI_AGAIN: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  EPIPE: unreachable,
  ENOENT: unreachable,
  EACCES: unreachable,
}

// The codes of OpenSSL's verification, and node's own (Node.js documentation, "X509 certificate error codes").
const tls = /_CERT|CERT_|LEAF_SIGNATURE|HOSTNAME_MISMATCH|^INVALID_(CA|PURPOSE)$|^ERR_(TLS|SSL)_/
const nodeAdvice = /; if the root CA is installed locally.*$/

// pg reports these without a code; its pool, where every connection is busy with a server that no longer answers.
const lost =
  /Connection terminated|timeout expired|timeout exceeded when trying to connect|support SSL connections|establishing an SSL connection|Client has encountered a connection error/

/** What a database error means to an operator; an error that means nothing to them comes back as it is. */
export function explainFailure(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof PmError) return error
  const meaning = meaningOf(error)
  return meaning ? meaning(reasonOf(error), error) : error
}

function meaningOf(error: Error): Meaning | undefined {
  const state = sqlState(error) ?? ''
  if (tls.test(state)) return unverified
  return (
    meanings[state] ?? (connectionLost(error) ? unreachable : undefined) ?? (isRule(error) ? ruleBroken : undefined)
  )
}

// Integrity constraints, and what PL/pgSQL raises: RAISE by itself as P0001, and under any other code it was told to. The
// guards of pm raise what has a meaning of its own.
function isRule(error: Error): boolean {
  return /^(23|P0)/.test(sqlState(error) ?? '') || ('routine' in error && error.routine === 'exec_stmt_raise')
}

// By the name that the database has for it.
function keeperOf(cause: object): string {
  if ('constraint' in cause && typeof cause.constraint === 'string') return ` (constraint ${cause.constraint})`
  const [, name] = /^PL\/pgSQL function (\S+) line/.exec('where' in cause ? String(cause.where) : '') ?? []
  return name === undefined ? '' : ` (function ${name})`
}

/** Whether the connection broke, so that it is unknown what the server did last. */
export function connectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const state = sqlState(error) ?? ''
  return /^(08|57P0)/.test(state) || meanings[state] === unreachable || tls.test(state) || lost.test(error.message)
}

/** The SQLSTATE or socket code that is behind an error, also behind one that was explained. */
export function codeBehind(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  // An explained error has a code of its own, which is none of the database's.
  return (error instanceof PmError ? undefined : sqlState(error)) ?? codeBehind(error.cause)
}

function sqlState(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

// What pg says of the ROLLBACK that Kysely sends after a connection broke, in place of the error that broke it.
const rollbackFailed = /Client has encountered a connection error/

// A refused connection to a name with several addresses is an AggregateError without a message.
function reasonOf(error: Error): string {
  if (rollbackFailed.test(error.message)) return 'Connection terminated unexpectedly'
  if (error.message) return error.message
  const [first] = error instanceof AggregateError ? error.errors : []
  return first instanceof Error ? first.message : (sqlState(error) ?? error.name)
}
