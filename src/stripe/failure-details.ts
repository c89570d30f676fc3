/** What scripts get of a failure at Stripe. */
export interface FailureDetails {
  /** Stripe's type of error; `api_connection_error` when Stripe was not reached. */
  type: string
  code: string | null
  request_id: string | null
  http_status: number | null
}

/** How Stripe was asked, as far as it says something about a failure. */
export interface Asked {
  host: string
  timeoutMs: number
  retries: number
}

/** That it was tried more than once, as the end of a sentence. */
export function alsoAfter(retries: number): string {
  if (retries === 0) return ''
  return retries === 1 ? ', also after another try' : `, also after ${retries} more tries`
}
