/** Minor units of a currency with two decimals, as people read them: 7900 is `79.00`. */
export function major(minorUnits: number): string {
  return inUnits(minorUnits, 2)
}

/** An amount of Stripe's with its currency: 7900 and `usd` are `79.00 USD`. */
export function amount(minorUnits: number, currency: string): string {
  const code = currency.toUpperCase()
  return `${inUnits(minorUnits, decimalsOf(code))} ${code}`
}

/** What is paid how often, as Stripe has it. */
export interface RecurringPrice {
  /** In minor units; null where there is no single whole amount. */
  amount: number | null
  currency: string
  /** day, week, month or year; null for what is paid once. */
  interval: string | null
  interval_count: number | null
}

/** A price in words: `79.00 USD a month`, `199.00 EUR every 3 months`. */
export function priceInWords({amount: minor, currency, interval, interval_count: count}: RecurringPrice): string {
  const money = minor === null ? `${currency.toUpperCase()} in tiers` : amount(minor, currency)
  if (interval === null) return `${money} once`
  return count === null || count === 1 ? `${money} a ${interval}` : `${money} every ${count} ${interval}s`
}

// Stripe, “Supported currencies”: the rest has two decimals, also where the bank notes have none (ISK, UGX).
const withoutDecimals = /^(BIF|CLP|DJF|GNF|JPY|KMF|KRW|MGA|PYG|RWF|VND|VUV|XAF|XOF|XPF)$/
const withThree = /^(BHD|JOD|KWD|OMR|TND)$/

function decimalsOf(code: string): number {
  if (withoutDecimals.test(code)) return 0
  return withThree.test(code) ? 3 : 2
}

function inUnits(minorUnits: number, decimals: number): string {
  const digits = String(Math.abs(minorUnits)).padStart(decimals + 1, '0')
  const whole = Number(digits.slice(0, digits.length - decimals)).toLocaleString('en')
  const sign = minorUnits < 0 ? '-' : ''
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`
}
