/** A moment as Stripe has it (seconds since 1970) in the form the database's times have: ISO 8601 in UTC. */
export function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
}

export function momentOrNull(seconds: number | null | undefined): string | null {
  return seconds == null ? null : moment(seconds)
}
