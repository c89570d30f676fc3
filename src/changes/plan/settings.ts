import type {Json} from '../../db/schema/json.ts'
import type {PlanRow} from '../../queries/plan/columns.ts'
import {UsageError} from '../../rules/errors.ts'
import {type PlanFeature, type PlanLimit, type PlanPrice, planPrices, planWords} from '../../rules/plan-columns.ts'
import {isStripeId} from '../../stripe/stripe-id.ts'
import type {Columns} from '../plan.ts'

type Setting = PlanLimit | PlanFeature | PlanPrice | 'name' | 'description' | 'notes' | 'stripe_product_id'

/** What an operator sets of a plan; what is undefined stays as it is. */
export type PlanSettings = {readonly [Name in Setting]?: PlanRow[Name] | undefined}

/**
 * The columns that settings set.
 * @throws UsageError
 */
export function settingColumns(settings: PlanSettings): Columns {
  const {name, stripe_product_id: product} = settings
  if (name !== undefined && (name.trim() === '' || name.length > 100))
    throw new UsageError('A plan’s name has 1 to 100 characters.')
  if (product != null && !isStripeId('product', product)) {
    throw new UsageError(`“${product}” is not the id of a Stripe product.`, {
      hint: 'It begins with prod_. Copy it from the product’s page in the dashboard.',
    })
  }
  const given = Object.entries(settings).flatMap(([column, value]): [string, Json][] =>
    value === undefined ? [] : [[column, value]],
  )
  return Object.fromEntries(given)
}

/** The prices among the columns as an invoice has them: cents are easily taken for whole units. */
export function pricesInWords(columns: Columns): string[] {
  const prices = planPrices.flatMap((name) => {
    const price = columns[name]
    return typeof price === 'number' ? [`${planWords[name].toLowerCase()} ${(price / 100).toFixed(2)}`] : []
  })
  return prices.length > 0 ? [`In whole units: ${prices.join(', ')}.`] : []
}
