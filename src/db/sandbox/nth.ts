/**
 * The n-th of a list that starts again when it ends: variety without chance.
 * @throws when the list is empty.
 */
export function nth<T extends NonNullable<unknown>>(list: readonly T[], n: number): T {
  const item = list[n % list.length]
  if (item === undefined) throw new Error('There is nothing to choose from.')
  return item
}
