import {Conflict, NotFound, PartlyDone, type PmError} from '../rules/errors.ts'
import type {Change, Plan} from './plan.ts'
import {counted} from './wording.ts'

interface Part<Input, Effect extends object> {
  input: Input
  plan: Plan<Effect>
}

/** What is done to several things, in words. */
interface Said {
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
  said: Said,
): Change<readonly Input[], Effect> {
  const partsOf = new WeakMap<Plan<Effect>, readonly Part<Input, Effect>[]>()
  const each = (plan: Plan<Effect>) => partsOf.get(plan) ?? []
  return {
    permission: change.permission,
    grade: change.grade,
    plan: async (db, inputs, operator) => {
      const parts = await possible(inputs, (input) => change.plan(db, input, operator))
      const whole = wholeOf(parts, said)
      partsOf.set(whole, parts)
      return whole
    },
    besides: async (trx, whole) => {
      for (const {plan, input} of each(whole)) await change.besides?.(trx, plan, input)
    },
    verify: async (db, whole) => {
      for (const {plan} of each(whole)) await change.verify?.(db, plan)
    },
    afterwards: async (session, whole) => {
      const {done, left} = await attempted(each(whole), async ({plan}) => change.afterwards?.(session, plan))
      if (left.length > 0) throw partly(done, left)
      return done.length > 0 ? done.join(' ') : undefined
    },
  }
}

/** Plans all, and says of all that cannot be done why. */
async function possible<Input, Effect extends object>(
  inputs: readonly Input[],
  planOf: (input: Input) => Promise<Plan<Effect>>,
): Promise<Part<Input, Effect>[]> {
  const parts: Part<Input, Effect>[] = []
  const refused: PmError[] = []
  for (const input of inputs) {
    try {
      parts.push({input, plan: await planOf(input)})
    } catch (error) {
      if (!(error instanceof NotFound || error instanceof Conflict) || inputs.length === 1) throw error
      refused.push(error)
    }
  }
  if (refused.length > 0) throw severally(refused)
  return once(parts)
}

/** @throws Conflict where two names mean the same thing */
function once<Input, Effect extends object>(parts: Part<Input, Effect>[]): Part<Input, Effect>[] {
  const keys = parts.flatMap(({plan}) => plan.rows.map(({table, key}) => JSON.stringify([table, key])))
  if (new Set(keys).size === keys.length) return parts
  throw new Conflict('Two of the names mean the same. Nothing was changed.', {hint: 'Give each once.'})
}

function severally(refused: readonly PmError[]): Conflict {
  const shown = refused.slice(0, 5).map(({message}) => message)
  const more = refused.length > shown.length ? ` … and ${refused.length - shown.length} more.` : ''
  return new Conflict(`${shown.join(' ')}${more} Nothing was changed.`, {
    hint: 'Leave them out, or mend that first.',
    details: refused.map(({message, reason}) => ({message, reason})),
  })
}

function wholeOf<Effect extends object>(
  parts: readonly Part<unknown, Effect>[],
  {noun, plural, headline}: Said,
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

function partly(done: readonly string[], left: readonly PartlyDone[]): PartlyDone {
  const [only, another] = left
  if (only && !another && done.length === 0) return only
  const hints = left.flatMap(({hint}) => hint ?? [])
  return new PartlyDone([...done, ...left.map(({message}) => message)].join(' '), {
    ...(hints.length > 0 ? {hint: [...new Set(hints)].join(' ')} : {}),
    details: left.map(({message, details}) => ({message, details})),
  })
}
