/** An error as Stripe answers it (Stripe, "Errors"). */
export class Refusal extends Error {
  readonly status: number
  readonly body: {error: Record<string, unknown>}

  constructor(status: number, message: string, more: Record<string, unknown> = {}) {
    super(message)
    this.status = status
    this.body = {error: {type: 'invalid_request_error', message, ...more}}
  }
}

/** What Stripe says of an object it does not have. */
export function noSuch(noun: string, id: string, param = 'id'): Refusal {
  return new Refusal(404, `No such ${noun}: '${id}'`, {code: 'resource_missing', param})
}
