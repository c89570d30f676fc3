/** The states of a subscription (guide: subscriptions.status). */
export const subscriptionStatuses = ['active', 'past_due', 'unpaid', 'canceled'] as const
export type SubscriptionStatus = (typeof subscriptionStatuses)[number]

/** The states in which a tenant is subscribed: all but canceled, which is the end. */
export const liveStatuses = ['active', 'past_due', 'unpaid'] as const satisfies readonly SubscriptionStatus[]

export function isLive(status: SubscriptionStatus | null): boolean {
  return status !== null && status !== 'canceled'
}
