import type {Listing} from '../db/listing.ts'
import type {View} from '../output/view.ts'
import {PmCommand} from './command.ts'
import {Cut} from './cut.ts'

/** So many are looked at for people, however few of them are wanted: then a page takes as long at any size. */
const mostLookedAt = 1_000

/** A command that wants rows which no index finds, so that it looks at one after the other, in the order of a list. */
export abstract class SiftingCommand extends PmCommand {
  /** Shows the rows of a list that are wanted: a page of them, or in other formats than tables all, streamed. */
  protected async sift<Row extends object>(
    view: View<Row>,
    listing: Listing<Row>,
    isWanted: (row: Row) => boolean,
  ): Promise<void> {
    const {sort, after} = this.flags
    const looked = this.lookingAt<Row>(this.mostRows === 0)
    const candidates = this.stream((db) => listing.query(db, {sort, after, limit: looked.enough}))
    const shown = new Cut<Row>(this.mostRows)
    await this.showPage(view, shown.of(this.sifted(candidates, looked, view.plural, isWanted)))
    const last = shown.last ?? looked.last
    if (last && this.isForPeople) {
      const found = shown.last ? 'There are more' : `Looked at ${counted(looked, view.plural)} and found ${shown.count}`
      this.say(`${found}. Next: --after ${listing.cursor(last, {sort})}   All: --limit 0`)
    } else if (shown.count === 0) this.say(`No ${view.plural} found.`)
  }

  /** What is looked at: for people no more than a page takes, unless they want all. */
  protected lookingAt<Row>(isAll: boolean): Cut<Row> {
    return new Cut<Row>(isAll || !this.isForPeople ? 0 : mostLookedAt)
  }

  /** Those of the candidates that are wanted; says meanwhile how far it is. */
  protected async *sifted<Row>(
    candidates: AsyncIterable<readonly Row[]>,
    looked: Cut<Row>,
    plural: string,
    isWanted: (row: Row) => boolean,
  ): AsyncGenerator<readonly Row[]> {
    try {
      for await (const batch of looked.of(candidates)) {
        if (this.isForPeople) this.terminal.status(`Looked at ${counted(looked, plural)}…`)
        yield batch.filter(isWanted)
      }
    } finally {
      this.terminal.status(null)
    }
  }
}

function counted({count}: {count: number}, plural: string): string {
  return `${count.toLocaleString('en')} ${plural}`
}
