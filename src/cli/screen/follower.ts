import {PmError} from '../../rules/errors.ts'

/** Something that is looked at again and again. */
export interface Followed {
  /** Takes in how it is now. */
  look(): Promise<void>
  /** Waits for the next time. @throws Interrupted when nobody looks any more */
  wait(): Promise<void>
  /** Shows how it was when it was last looked at, and what keeps from knowing how it is now. */
  show(trouble: string | null): void | Promise<void>
}

const lateMs = 5_000

/** Looks again and again, one look at a time; what fails now may work again in a moment. */
export class Follower {
  readonly #followed: Followed
  #looking: Promise<void> | undefined

  constructor(followed: Followed) {
    this.#followed = followed
  }

  /** @throws Interrupted when nobody looks any more, and what is no PmError */
  async follow(): Promise<never> {
    for (;;) {
      await this.#followed.wait()
      await this.now()
    }
  }

  /** Looks at once, unless it is looking already. @throws what is no PmError */
  now(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
    return this.#looking
  }

  async #look(): Promise<void> {
    const late = setTimeout(() => void this.#followed.show('No answer yet. What stands here may be old.'), lateMs)
    late.unref()
    const trouble = await this.#followed
      .look()
      .then(() => null, messageOf)
      .finally(() => clearTimeout(late))
    await this.#followed.show(trouble)
  }
}

function messageOf(error: unknown): string {
  if (error instanceof PmError) return error.message
  throw error
}
