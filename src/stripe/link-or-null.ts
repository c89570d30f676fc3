import {type Dashboard, type DashboardNoun, dashboardLink} from './links.ts'

/** The page in Stripe's dashboard for a column that may have no id, or one that is none of Stripe's. */
export function linkOrNull(noun: DashboardNoun, id: string | null, dashboard: Dashboard): string | null {
  return id === null ? null : (dashboardLink(noun, id, dashboard) ?? null)
}
