/**
 * Steps that are taken together: the same step for many questions, one after the other, takes far less time than all steps
 * of each question.
 */
export class Batch {
  readonly #schedule: (run: () => void) => void
  #steps: (() => void)[] = []
  readonly #run = () => this.runNow()

  /** @param schedule has a batch run at its time; called with the first step of each */
  constructor(schedule: (run: () => void) => void) {
    this.#schedule = schedule
  }

  add(step: () => void): void {
    if (this.#steps.length === 0) this.#schedule(this.#run)
    this.#steps.push(step)
  }

  /** Takes all steps that are due now, for whoever cannot wait. */
  runNow(): void {
    const steps = this.#steps
    this.#steps = []
    for (const step of steps) step()
  }
}
