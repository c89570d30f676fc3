import {setFlagsFromString} from 'node:v8'

/**
 * For a process that works through very many rows: what it makes is garbage at once, and V8 would rather let its young
 * generation grow with the rows than collect it (240 MB for 400,000 rows, 110 MB like this, in the same time), and the
 * old one to several times what is in use. Not for every process: to start takes longer with it.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=50')
}
