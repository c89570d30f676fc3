import {UpstreamFailed} from '../rules/errors.ts'
import {type Asked, alsoAfter, type FailureDetails} from './failure-details.ts'

type Problem = (asked: Asked) => string

const silent: Problem = ({timeoutMs}) => `Stripe did not answer within ${timeoutMs / 1000} s`
const nameless: Problem = ({host}) => `Stripe could not be reached: no address is known for ${host}`
const broken: Problem = ({host}) => `The connection to ${host} broke while Stripe was asked`
const unreached: Problem = ({host}) => `Stripe could not be reached at ${host}`
const unverified: Problem = ({host}) => `The certificate of ${host} could not be verified`

const problems: Readonly<Record<string, Problem>> = {
  ETIMEDOUT: silent,
  UND_ERR_CONNECT_TIMEOUT: silent,
  ECONNREFUSED: ({host}) => `Stripe could not be reached: ${host} refuses the connection`,
  ENOTFOUND: nameless,
  EAI_AGAIN: nameless,
  ECONNRESET: broken,
  EPIPE: broken,
  UND_ERR_SOCKET: broken,
}

// The codes of OpenSSL's verification, and node's own (Node.js documentation, "X509 certificate error codes").
const tls = /_CERT|CERT_|LEAF_SIGNATURE|HOSTNAME_MISMATCH|^ERR_(TLS|SSL)_/

/** What it means that Stripe was not reached, or not heard to the end. `detail` is what the SDK keeps of the reason. */
export function connectionFailure(detail: unknown, asked: Asked, details: FailureDetails): UpstreamFailed {
  const code = socketCode(detail)
  const heard = isObject(detail) && 'exception' in detail
  const problem = heard && code !== 'ETIMEDOUT' ? broken : meaningOf(code)
  // An answer that breaks off is not asked for again by the SDK.
  return new UpstreamFailed(`${problem(asked)}${alsoAfter(heard ? 0 : asked.retries)}.`, {
    hint: 'Check the network and https://status.stripe.com.',
    details: {...details, type: 'api_connection_error', code: code ?? null},
  })
}

function meaningOf(code: string | undefined): Problem {
  if (code === undefined) return unreached
  return problems[code] ?? (tls.test(code) ? unverified : unreached)
}

// The SDK wraps what fetch raises, fetch wraps what the socket raises, and a name with two addresses fails twice.
function socketCode(error: unknown): string | undefined {
  if (!isObject(error)) return undefined
  if ('code' in error && typeof error.code === 'string') return error.code
  if ('exception' in error) return socketCode(error.exception)
  if (error instanceof AggregateError) return socketCode(error.errors[0])
  return 'cause' in error ? socketCode(error.cause) : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
