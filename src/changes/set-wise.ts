import type {Operator} from '../db/identity.ts'
import type {Reader} from '../db/transaction.ts'
import type {Change, Plan} from './plan.ts'

/** Plans one of the inputs that were read for. @throws what `plan` of the change throws */
export type PlanOf<Input, Effect extends object> = (input: Input) => Plan<Effect> | Promise<Plan<Effect>>

/** A change that many inputs can be planned for, each by itself, in as many statements as one. */
export interface SetWise<Input, Effect extends object = never> extends Change<Input, Effect> {
  /** Reads what some hundred inputs need. An input for which it is not possible fails when it is planned, alone. */
  readFor(db: Reader, inputs: readonly Input[], operator: Operator): Promise<PlanOf<Input, Effect>>
}

/** A change by how it reads for many inputs; one is planned as one of many is. */
export function setWise<Input, Effect extends object = never>(
  change: Omit<SetWise<Input, Effect>, 'plan'>,
): SetWise<Input, Effect> {
  return {
    ...change,
    plan: async (db, input, operator) => {
      const planOf = await change.readFor(db, [input], operator)
      return planOf(input)
    },
  }
}

/** The same for a change that reads for each input by itself: for things of which there are few. */
export function oneByOne<Input, Effect extends object>(change: Change<Input, Effect>): SetWise<Input, Effect> {
  return {...change, readFor: async (db, _, operator) => (input) => change.plan(db, input, operator)}
}
