import type {EnrollmentStep} from '../../rules/enrollment.ts'
import type {Plan} from '../plan.ts'

/** What one side of an enrollment adds to its plan. */
export type EnrollmentPart = Pick<Plan<EnrollmentStep>, 'rows' | 'effects' | 'warnings'>

export const nothing: EnrollmentPart = {rows: [], effects: [], warnings: []}
