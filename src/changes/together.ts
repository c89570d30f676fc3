import {type SamePair, sameTwice} from '../rules/about-names.ts'
import {PartlyDone} from '../rules/errors.ts'
import {eachPossible} from './each-possible.ts'
import {partly} from './partly.ts'
import type {Change, Plan} from './plan.ts'
import {counted} from './wording.ts'

interface Part<Input, Effect extends object> {
  input: Input
  plan: Plan<Effect>
}

/** What is done to several things, in words. */
interface Said<Input> {
  /** How an input was named. */
  nameOf: (input: Input) => string
  noun: string
  plural: string
  headline: (subject: string) => string
}

/**
 * The same change of several things as one, all or nothing, with all that each does besides its rows. One alone is
 * changed and told of as ever.
 */
export function together<Input, Effect extends object = never>(
  change: Change<Input, Effect>,
  said: Said<Input>,
): Change<readonly Input[], Effect> {
  const partsOf = new WeakMap<Plan<Effect>, readonly Part<Input, Effect>[]>()
  const each = (plan: Plan<Effect>) => partsOf.get(plan) ?? []
  return {
    permission: change.permission,
    grade: change.grade,
    plan: async (db, inputs, operator) => {
      const parts = await possible(inputs, said, (input) => change.plan(db, input, operator))
      const whole = wholeOf(parts, said)
      partsOf.set(whole, parts)
      return whole
    },
    ...(change.besides && {
      besides: async (trx, whole) => {
        for (const {plan, input} of each(whole)) await change.besides?.(trx, plan, input)
      },
    }),
    verify: async (db, whole) => {
      for (const {plan} of each(whole)) await change.verify?.(db, plan)
    },
    ...(change.afterwards && {
      afterwards: async (session, whole) => {
        const {done, left} = await attempted(each(whole), async ({plan}) => change.afterwards?.(session, plan))
        if (left.length > 0) throw partly(done, left)
        return done.length > 0 ? done.join(' ') : undefined
      },
    }),
  }
}

/** Plans all, and says of all that cannot be done why. */
async function possible<Input, Effect extends object>(
  inputs: readonly Input[],
  said: Said<Input>,
  planOf: (input: Input) => Promise<Plan<Effect>>,
): Promise<Part<Input, Effect>[]> {
  const parts = await eachPossible(inputs, said.nameOf, async (input) => ({input, plan: await planOf(input)}))
  return once(parts, said)
}

/** @throws UsageError where two names mean the same thing */
function once<Input, Effect extends object>(parts: Part<Input, Effect>[], {nameOf, noun}: Said<Input>) {
  const meant = new Map<string, string>()
  const pairs = parts.flatMap(({input, plan}): SamePair[] => {
    const key = JSON.stringify(plan.rows.map(({table, key}) => [table, key]))
    const earlier = plan.rows.length > 0 ? meant.get(key) : undefined
    if (earlier === undefined) meant.set(key, nameOf(input))
    return earlier === undefined ? [] : [[earlier, nameOf(input)]]
  })
  if (pairs.length > 0) throw sameTwice(pairs, noun)
  return parts
}

function wholeOf<Effect extends object>(
  parts: readonly Part<unknown, Effect>[],
  {noun, plural, headline}: Omit<Said<never>, 'nameOf'>,
): Plan<Effect> {
  const plans = parts.map(({plan}) => plan)
  const [only, another] = plans
  if (only && !another) return {...only}
  const changing = plans.filter(({rows}) => rows.length > 0)
  const subject = counted(changing.length, noun, plural)
  return {
    headline: headline(subject),
    subject,
    targets: [...new Set(changing.flatMap(({targets}) => targets))],
    rows: changing.flatMap(({rows}) => rows),
    effects: changing.flatMap(({effects}) => effects),
    warnings: [...new Set(plans.flatMap(({warnings}) => warnings))],
  }
}

/** Goes on where one of them could be done in part only. */
async function attempted<Item>(items: readonly Item[], work: (item: Item) => Promise<string | undefined>) {
  const done: string[] = []
  const left: PartlyDone[] = []
  for (const item of items) {
    try {
      done.push(...[await work(item)].filter((told) => told !== undefined))
    } catch (error) {
      if (!(error instanceof PartlyDone)) throw error
      left.push(error)
    }
  }
  return {done, left}
}
