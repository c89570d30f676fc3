import {type MxRecord, mxRecord} from './record.ts'

export interface MxComparison {
  /** `order`: the same hosts, and senders try them in another order; `numbers`: only the numbers differ. */
  relation: 'same' | 'numbers' | 'order' | 'differs'
  /** Expected records whose host is not live. */
  missing: readonly MxRecord[]
  /** Live records whose host is not expected. */
  extra: readonly MxRecord[]
}

/** Compares two sets of MX records: by their hosts, and then by the order in which senders try them. */
export function compareMx(live: readonly MxRecord[], expected: readonly MxRecord[]): MxComparison {
  const [found, wanted] = [live.map(mxRecord), expected.map(mxRecord)]
  const without = (one: readonly MxRecord[], other: readonly MxRecord[]) =>
    one.filter(({host}) => !other.some((record) => record.host === host))
  const [missing, extra] = [without(wanted, found), without(found, wanted)]
  if (missing.length > 0 || extra.length > 0) return {relation: 'differs', missing, extra}
  if (text(found) === text(wanted)) return {relation: 'same', missing, extra}
  return {relation: order(found) === order(wanted) ? 'numbers' : 'order', missing, extra}
}

function text(records: readonly MxRecord[]): string {
  return [...new Set(records.map(({preference, host}) => `${preference} ${host}`))].toSorted().join()
}

/** The hosts in groups that are tried together, the lowest number first. */
function order(records: readonly MxRecord[]): string {
  const groups = Map.groupBy(records, ({preference}) => preference)
  const sorted = [...groups].toSorted(([one], [other]) => one - other)
  return sorted.map(([, group]) => [...new Set(group.map(({host}) => host))].toSorted().join(' ')).join()
}
