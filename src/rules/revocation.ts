/** What a revocation does, one step at a time, in the order it is done. */
export const revocationSteps = ['remove', 'disable', 'shut out', 'no login', 'end sessions'] as const

/** One step, in words for the operator; `target` is the login, or the e-mail of who leaves the staff. */
export interface RevocationStep {
  step: (typeof revocationSteps)[number]
  target: string
  what: string
}
