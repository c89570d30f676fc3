import {getHeapSpaceStatistics, setFlagsFromString} from 'node:v8'

/**
 * For a process that works through very many rows at once: V8 would rather let its old generation grow to several times
 * what is in use than collect it. Not for every process: to start takes longer with it.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=50')
}

/** Where rows are garbage as soon as they are written, more is no faster. In bytes. */
const youngEnough = 6 * 2 ** 20
let isYoungKept = false

/**
 * For whoever passes rows on, with each batch of them: V8 lets the young generation grow with all that ever survived in
 * it, so with the number of rows (57 MB for a million). Once it is large enough it stays as it is.
 */
export function keepYoungSmall(): void {
  if (isYoungKept || youngBytes() < youngEnough) return
  isYoungKept = true
  setFlagsFromString('--semi-space-growth-factor=1')
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ?? 0
}
