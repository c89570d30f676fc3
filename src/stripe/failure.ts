import type Stripe from 'stripe'
import {NotFound, type PmError, UpstreamFailed} from '../rules/errors.ts'
import {connectionFailure} from './connection-failure.ts'
import {type Asked, alsoAfter, type FailureDetails} from './failure-details.ts'
import {retryAfterMs} from './retry-after.ts'
import {StripeRefused} from './stripe-refused.ts'

type StripeError = Stripe.errors.StripeError

interface Said extends Asked {
  error: StripeError
  /** Stripe's own sentence. */
  message: string
  details: FailureDetails
}

const missingCodes = new Set(['resource_missing', 'invoice_upcoming_none'])

const meanings: Readonly<Record<string, (said: Said) => PmError>> = {
  StripeAuthenticationError: badKey,
  StripePermissionError: lackingPermission,
  StripeRateLimitError: tooMany,
  StripeIdempotencyError: usedKey,
  StripeConnectionError: (said) => connectionFailure(said.error.detail, said, said.details),
  StripeInvalidRequestError: (said) => (missingCodes.has(said.error.code ?? '') ? missing(said) : refused(said)),
  StripeCardError: refused,
}

/**
 * What a failure at Stripe means to an operator (Stripe, "Handle errors"). The SDK's error is not kept as the cause: it
 * holds Stripe's raw answer, which may repeat the key.
 */
export function explainStripeFailure(error: StripeError, asked: Asked): PmError {
  const details = {
    type: error.rawType ?? error.type,
    code: error.code ?? null,
    request_id: error.requestId ?? null,
    http_status: error.statusCode ?? null,
  }
  const said = {...asked, error, details, message: withoutKeys(error.message)}
  return (meanings[error.type] ?? broken)(said)
}

// Stripe masks keys in its messages itself, but not all of each.
function withoutKeys(text: string): string {
  return text.replaceAll(/\b([a-z]{2})_(live|test)_[\w*]+/g, '$1_$2_…')
}

function badKey({details}: Said): PmError {
  const expired = details.code === 'api_key_expired'
  return new UpstreamFailed(expired ? 'The Stripe key has expired.' : 'Stripe does not accept the key.', {
    hint: 'Give a key that is valid at https://dashboard.stripe.com/apikeys, by STRIPE_API_KEY or the context.',
    details,
  })
}

function lackingPermission({message, details}: Said): PmError {
  const permissions = [...new Set(message.match(/\brak_\w+/g))]
  if (permissions.length === 0) return new StripeRefused(`The Stripe key may not do this: ${message}`, {details})
  return new StripeRefused(`The Stripe key lacks the permission ${permissions.join(' or ')}.`, {
    hint: 'Add it to the restricted key at https://dashboard.stripe.com/apikeys.',
    details,
  })
}

function tooMany({error, retries, details}: Said): PmError {
  const locked = details.code === 'lock_timeout'
  const retried = error.headers?.['stripe-should-retry'] === 'true'
  const wait = retryAfterMs(error.headers ?? {})
  const problem = locked ? 'Stripe is working on the same object' : 'Stripe is limiting requests'
  const more = !retried && wait !== undefined ? `: it asks to wait ${Math.ceil(wait / 1000)} s` : ''
  return new UpstreamFailed(`${problem}${more}${alsoAfter(retried ? retries : 0)}.`, {
    hint: locked ? 'Try again in a moment.' : 'Try again later; other programs of the account count, too.',
    details,
  })
}

function usedKey({details}: Said): PmError {
  return new UpstreamFailed(
    'Stripe was asked for something else under this idempotency key before. Nothing was done.',
    {
      hint: 'Run the command again: it makes a new key.',
      details,
    },
  )
}

function missing({message, details}: Said): PmError {
  const otherMode = /similar object exists in (live|test) mode/.exec(message)?.[1]
  return new NotFound(`Stripe does not have it: ${message}`, {
    hint: otherMode
      ? `It is in ${otherMode} mode. Use a key of that mode.`
      : 'It was deleted at Stripe, or belongs to another account than the key.',
    details,
  })
}

function refused({message, details}: Said): PmError {
  return new StripeRefused(`Stripe refused: ${message}`, {hint: 'Nothing was done at Stripe.', details})
}

function broken({message, details}: Said): PmError {
  if (details.code === 'idempotency_key_in_use') {
    return new UpstreamFailed('Stripe is still working on the same request.', {
      hint: 'Look at the object in the dashboard before trying again.',
      details,
    })
  }
  if (details.http_status === null) {
    return new UpstreamFailed('What answered is not Stripe, or is broken: it sent no JSON.', {
      hint: 'Is there a proxy between this machine and Stripe?',
      details,
    })
  }
  return new UpstreamFailed(`Stripe failed (HTTP ${details.http_status}): ${message}`, {
    hint: 'Try again later. See https://status.stripe.com.',
    details,
  })
}
