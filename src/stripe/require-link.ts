import {NotFound} from '../rules/errors.ts'
import {linkOrNull} from './link-or-null.ts'
import type {Dashboard, DashboardNoun} from './links.ts'

/** The page in Stripe's dashboard of something that is to be opened. @throws NotFound where it has none */
export function requireLink(
  noun: DashboardNoun,
  id: string | null,
  {dashboard, called}: {dashboard: Dashboard; called: string},
): string {
  const link = linkOrNull(noun, id, dashboard)
  if (link !== null) return link
  throw new NotFound(`${called} has no page in the Stripe dashboard.`, {
    hint: id === null ? 'It has no Stripe id.' : `Its id, or the account's in stripe_account_id, is none of Stripe's.`,
    details: {stripe_id: id, account: dashboard.account ?? null},
  })
}
