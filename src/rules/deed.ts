import type {RevocationStep} from './revocation.ts'

/** What can be done besides the rows of one of many, by name. */
export const deedNames = ['revocation'] as const
export type DeedName = (typeof deedNames)[number]

/** What is done besides some rows, as a job keeps it: a deed, and the steps of it that were planned and shown. */
export interface Besides {
  does: DeedName
  steps: readonly RevocationStep[]
}
