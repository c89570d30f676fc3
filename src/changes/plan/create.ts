import {randomUUID} from 'node:crypto'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, UsageError} from '../../rules/errors.ts'
import {planLimits, planPrices, planWords} from '../../rules/plan-columns.ts'
import type {Change, Columns, Plan} from '../plan.ts'
import {sharedProduct} from './product.ts'
import {type PlanSettings, pricesInWords, settingColumns} from './settings.ts'

export interface CreateInput {
  slug: string
  settings: PlanSettings & {name: string}
}

/** Makes a plan, inactive: it is sold once it is activated (guide: Admin Workflow). */
export const createPlan: Change<CreateInput> = {permission: 'plan.write', grade: 'mild', plan: planCreate}

async function planCreate(db: Reader, {slug, settings}: CreateInput): Promise<Plan> {
  const parsed = parseSlug(slug)
  const known = await db.selectFrom('plans').where('slug', '=', parsed).select('name').executeTakeFirst()
  if (known) throw new Conflict(`There is a plan ${parsed} already.`, {hint: `Look at it: pm plan show ${parsed}`})
  const columns = settingColumns(settings)
  const id = randomUUID()
  return {
    headline: `Create the plan ${parsed} (${settings.name}), inactive.`,
    subject: parsed,
    targets: [`plan:${parsed}`],
    rows: [
      {
        table: 'public.plans',
        label: `plan ${parsed}`,
        key: {id},
        before: null,
        after: {id, slug: parsed, is_active: false, ...columns},
      },
    ],
    effects: [],
    warnings: [
      ...pricesInWords(columns),
      ...without(columns),
      ...(await sharedProduct(db, id, settings.stripe_product_id)),
    ],
  }
}

// What is not said is no limit, which is easily forgotten.
function without(columns: Columns): string[] {
  const open = planLimits.filter((name) => columns[name] == null).map((name) => planWords[name])
  const free = planPrices.filter((name) => columns[name] == null).map((name) => planWords[name].toLowerCase())
  return [
    ...(open.length > 0 ? [`No limit on: ${open.join(', ')}.`] : []),
    ...(free.length > 0 ? [`No ${free.join(', no ')}.`] : []),
  ]
}

function parseSlug(text: string): string {
  if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(text) && text.length <= 100) return text
  throw new UsageError(`“${text}” cannot be a plan’s slug.`, {
    hint: 'It has small letters, digits and single dashes between them, and 100 characters at most: summer-2027.',
  })
}
