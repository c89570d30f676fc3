/** Stripe's two worlds: live, with real money, and test. */
export const stripeModes = ['live', 'test'] as const
export type StripeMode = (typeof stripeModes)[number]
