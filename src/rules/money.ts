/** Minor units as people read them: 7900 is `79.00`. For currencies with two decimals, which all of the platform's are. */
export function major(minorUnits: number): string {
  const sign = minorUnits < 0 ? '-' : ''
  const [whole, cents] = [Math.trunc(Math.abs(minorUnits) / 100), Math.abs(minorUnits) % 100]
  return `${sign}${whole.toLocaleString('en')}.${String(cents).padStart(2, '0')}`
}
