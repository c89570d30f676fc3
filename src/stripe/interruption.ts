import {Interrupted, PmError, TimedOut} from '../rules/errors.ts'

/** Why a signal gave up: its own reason where that is an error of ours, a time limit, or the operator. */
export function interruptionOf({reason}: AbortSignal): PmError {
  if (reason instanceof PmError) return reason
  if (reason instanceof Error && reason.name === 'TimeoutError') {
    return new TimedOut('Stripe took too long, and the command’s time was up.', {
      hint: 'Try again, or raise --timeout.',
    })
  }
  return new Interrupted('Interrupted while Stripe was asked.')
}
