import type {JobItem} from '../job/item.ts'
import type {Flow} from '../plan.ts'

/** Counts how many subscriptions leave which plan. */
export class Flows {
  readonly #leaving = new Map<unknown, number>()

  add({rows: [row]}: JobItem): void {
    const plan = row?.before?.plan_id
    this.#leaving.set(plan, (this.#leaving.get(plan) ?? 0) + 1)
  }

  /** All of them, to the plan with this slug; the most first. */
  to(slug: string, called: Readonly<Record<string, string>>): Flow[] {
    const flows = [...this.#leaving].map(([plan, count]) => ({from: called[String(plan)] ?? null, to: slug, count}))
    return flows.toSorted((one, other) => other.count - one.count)
  }
}
