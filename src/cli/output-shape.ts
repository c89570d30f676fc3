import type {AnyView} from '../output/view.ts'

/**
 * What a command writes to stdout in machine formats: a list of rows, one record, or the outcome of a write with its
 * effects, and with the job where many things are changed by one. `pm schema` tells it, and the gate keeps it from changing unseen.
 */
export type Output = {list: AnyView} | {record: AnyView} | {outcome: AnyView | undefined; job?: AnyView}
