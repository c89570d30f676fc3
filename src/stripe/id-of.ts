/** The id of what Stripe gives either as an id or, expanded, as the object (Stripe, "Expanding responses"). */
export function idOf(expandable: string | {id: string}): string {
  return typeof expandable === 'string' ? expandable : expandable.id
}

export function idOrNull(expandable: string | {id: string} | null | undefined): string | null {
  return expandable == null ? null : idOf(expandable)
}
