/** What stands in an image for a secret that the change left as it was, or whose row came or went. */
export const mask = '(masked)'

/** What stands there for a secret that differs from the other side of the change. */
export const maskedDifference = '(masked, differs)'

type Row = Readonly<Record<string, unknown>> | null

/**
 * Whether going back would need a secret that the record does not keep: one that changed, or that went with its row.
 */
export function needsSecret({before, after}: {before: Row; after: Row}): boolean {
  const lost: unknown[] = after === null ? [mask, maskedDifference] : [maskedDifference]
  return Object.values(before ?? {}).some((value) => lost.includes(value))
}

/** Whether a column differs between the two sides of a change; of a secret the images only tell so. */
export function differs(before: unknown, after: unknown): boolean {
  return after === maskedDifference || JSON.stringify(before) !== JSON.stringify(after)
}
