/** How many domains each tenant has: just what the smallest plan allows. */
export const domains = 5

/** A plan that tenants are on. */
interface SeededPlan {
  slug: string
  name: string
  /** Of a hundred tenants, so many are on this one or one before it. */
  upTo: number
  users: number | null
  domains: number | null
  /** Cents a month. */
  price: number
}

/** What tenants are subscribed to: few pay much. */
export const seededPlans: readonly SeededPlan[] = [
  {slug: 'starter', name: 'Starter', upTo: 50, users: 3, domains, price: 2900},
  {slug: 'growth', name: 'Growth', upTo: 83, users: 10, domains: 20, price: 7900},
  {slug: 'scale', name: 'Scale', upTo: 97, users: 40, domains: 100, price: 24_900},
  {slug: 'enterprise', name: 'Enterprise', upTo: 100, users: null, domains: null, price: 99_900},
]

/** Which plan a tenant is on, as a place in `seededPlans`. */
export function planOf(t: number): number {
  // 61 has no factor of 100, so that neighbours differ and every hundred has them all.
  const percentile = (t * 61) % 100
  return seededPlans.findIndex(({upTo}) => percentile < upTo)
}
