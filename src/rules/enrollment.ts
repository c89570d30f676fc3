/** What an enrollment does, one step at a time, in the order it is done. */
export const enrollmentSteps = [
  'create login',
  'let in',
  'allow login',
  'enroll',
  'enroll again',
  'add to staff',
] as const

/** One step, in words for the operator. */
export interface EnrollmentStep {
  step: (typeof enrollmentSteps)[number]
  login: string
  what: string
}
