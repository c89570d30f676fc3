import {setImmediate as nextTurn} from 'node:timers/promises'
import type {Config} from '@oclif/core/config'
import type {Listing} from '../db/listing.ts'
import {renderSections, type Section} from '../output/detail.ts'
import {type Format, renderFlow, renderList, type Style} from '../output/format.ts'
import type {Cell, View} from '../output/view.ts'
import {asTheyCome} from './as-they-come.ts'
import {chosenFields} from './chosen-fields.ts'
import {Cut} from './cut.ts'
import {explainCursor} from './foreign-cursor.ts'
import {NamingCommand} from './naming-command.ts'
import type {Output} from './output-shape.ts'
import {renderShown} from './shown.ts'
import {screenStyle, styleFor} from './style.ts'

const tableRows = 50

/** A command that can be run. */
export type CommandClass = typeof PmCommand & (new (argv: string[], config: Config) => PmCommand)

/** What all commands share: showing what was found. A command declares its permission. */
export abstract class PmCommand extends NamingCommand {
  /** What it writes to stdout; left out where that is no data. */
  static readonly output?: Output
  /** How its list can be ordered, for what completes command lines. */
  static readonly ordering?: {readonly by: object}

  /** Shows a list: a page of it in a table, all of it, streamed, in every other format. */
  protected async list<Row extends object>(view: View<Row>, listing: Listing<Row>): Promise<void> {
    await this.listCompleted(view, listing, (row) => row)
  }

  /** Shows a list whose rows are completed by what the database does not know, such as a link. */
  protected async listCompleted<Row extends object, Shown extends Row>(
    view: View<Shown>,
    listing: Listing<Row>,
    complete: (row: Row) => Shown,
  ): Promise<void> {
    const {sort, after} = this.flags
    const cut = new Cut<Shown>(this.mostRows)
    const page = {sort, after, limit: cut.enough}
    const batches = cut.of(
      completed(
        this.stream((db) => listing.query(db, page), {isWhole: page.limit === undefined}),
        complete,
      ),
    )
    await this.showPage(view, batches)
    if (cut.count === 0) {
      this.terminal.say(`No ${view.plural} found.`)
      await this.sayWhatWasMeant()
    }
    if (cut.last) this.terminal.say(`There are more. Next: --after ${listing.cursor(cut.last, page)}   All: --limit 0`)
  }

  /** Shows what comes behind the cursor, if one was given. @throws UsageError where it is another list's. */
  protected async showPage<Row extends object>(view: View<Row>, batches: AsyncIterable<readonly Row[]>): Promise<void> {
    try {
      await this.showBatches(view, batches)
    } catch (error) {
      throw explainCursor(error, this.flags.after)
    }
  }

  /** How many rows are shown at most, 0 for all: what was asked for, else a page of a table and all of other formats. */
  protected get mostRows(): number {
    return this.flags.limit ?? (this.isForPeople ? tableRows : 0)
  }

  /** Whether what is shown is a drawing for a person. */
  protected get isForPeople(): boolean {
    return this.format === 'table' || this.format === 'wide'
  }

  /** Shows rows as they come. */
  protected async showBatches<Row extends object>(
    view: View<Row>,
    batches: AsyncIterable<readonly Row[]>,
  ): Promise<void> {
    await this.writeAll(this.untilInterrupted(renderList(batches, view, this.format, this.style(view))))
  }

  /** Shows rows that take their time: to a person what has come is shown while others are still to come. */
  protected async showAsTheyCome<Row extends object>(
    view: View<Row>,
    batches: AsyncIterable<readonly Row[]>,
  ): Promise<void> {
    const rows = this.isForPeople ? asTheyCome(batches) : batches
    await this.writeAll(renderFlow(rows, view, this.format, this.style(view)))
  }

  private async *untilInterrupted(texts: AsyncIterable<string>): AsyncGenerator<string> {
    for await (const text of texts) {
      yield text
      if (!this.terminal.isTTY.stdout) continue
      // Signals are heard between two turns, which writing to a terminal does not end.
      await nextTurn()
      this.interruption.check()
    }
  }

  protected async writeAll(texts: AsyncIterable<string>): Promise<void> {
    for await (const text of texts) await this.terminal.write(text)
  }

  /** Shows a list that is in memory already. */
  protected async showRows<Row extends object>(view: View<Row>, rows: readonly Row[]): Promise<void> {
    await this.showBatches(view, oneBatch(rows))
  }

  /** Shows lines to a person. */
  protected async showLines(lines: readonly Cell[]): Promise<void> {
    const style = styleFor(this.around, this.flags, this.format)
    await this.terminal.write(await renderSections([{lines}], style))
  }

  /** Whether a line on stderr gets in nobody's way: rows that come to the same terminal go above it. */
  protected get hasRoomForProgress(): boolean {
    const {isTTY} = this.terminal
    return isTTY.stderr && (this.isForPeople || !isTTY.stdout)
  }

  /** Shows a reckoning: to people in sections, to programs its rows. */
  protected async report<Row extends object>(
    view: View<Row>,
    rows: readonly Row[],
    sections: readonly Section[],
  ): Promise<void> {
    const forPeople = this.format === 'table' && this.flags.fields === undefined
    if (!forPeople) return this.showRows(view, rows)
    await this.terminal.write(await renderSections(sections, this.style(view)))
  }

  /** Shows one thing: to people in sections, to programs as the record. */
  protected async show<Row extends object>(record: Row, view: View<Row>, sections: readonly Section[]): Promise<void> {
    const {format} = this
    const style = this.style(view)
    await this.terminal.write(await renderShown(record, view, sections, format, style))
  }

  /** The format asked for, or the one that suits where stdout goes. */
  protected get format(): Format {
    if (this.flags.json) return 'json'
    const isRead = this.terminal.isTTY.stdout || (this.isProse && this.flags.fields === undefined)
    return this.flags.output ?? (isRead ? 'table' : 'tsv')
  }

  /** Whether what it shows is to be read wherever it goes, unless data are asked for. */
  protected get isProse(): boolean {
    return false
  }

  /** How text looks on a screen that is drawn over. */
  protected readonly screenStyle = (): Style => screenStyle(this.around, this.flags)

  protected style<Row extends object>(view: View<Row>): Style {
    const {fields} = this.flags
    const style = styleFor(this.around, this.flags, this.format)
    return fields === undefined ? style : {...style, fields: chosenFields(view, fields)}
  }
}

async function* completed<Row, Shown>(
  batches: AsyncIterable<readonly Row[]>,
  complete: (row: Row) => Shown,
): AsyncGenerator<readonly Shown[]> {
  for await (const batch of batches) yield batch.map(complete)
}

async function* oneBatch<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[]> {
  yield rows
}
