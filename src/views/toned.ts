import type {Cell, Tone} from '../output/view.ts'

/** A cell of a state in a column that takes any text: coloured where the state is known, in words always. */
export function toned(tones: Readonly<Record<string, Tone>>): (text: string) => Cell {
  return (text) => {
    const words = text.replaceAll('_', ' ')
    const tone = Object.hasOwn(tones, text) ? tones[text] : undefined
    return tone === undefined ? {text: words} : {text: words, tone}
  }
}

export const subscriptionTones = {active: 'good', past_due: 'warn', unpaid: 'bad', canceled: 'dim'} as const
export const domainTones = {verified: 'good', pending: 'info', failed: 'bad', error: 'bad'} as const
export const companyTones = {active: 'good', inactive: 'dim', suspended: 'bad'} as const
export const accountTones = {active: 'good', suspended: 'warn', error: 'bad'} as const
export const paymentTones = {succeeded: 'good', failed: 'bad', refunded: 'warn'} as const
export const leadTones = {active: 'good', unsubscribed: 'dim', bounced: 'warn'} as const
export const campaignTones = {
  draft: 'dim',
  scheduled: 'info',
  sending: 'good',
  paused: 'warn',
  completed: 'dim',
} as const
