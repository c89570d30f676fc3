import {createHash} from 'node:crypto'

/** How long Stripe's own ids are behind the prefix, so that columns are as wide here as in production. */
const lengths = {cus: 14, prod: 14, sub: 24, si: 14, price: 24, pi: 24} as const

/** An id shaped like Stripe's, such as `cus_Q3x…`, always the same for the same key; Stripe doesn't know it. */
export function stripeId(prefix: keyof typeof lengths, key: string): string {
  const letters = createHash('sha256').update(`${prefix}:${key}`).digest('base64').replaceAll(/[+/=]/g, '')
  return `${prefix}_${letters.slice(0, lengths[prefix])}`
}
