import * as Flags from '@oclif/core/flags'
import type {Listing, Page} from '../db/listing.ts'
import {type Reader, write} from '../db/transaction.ts'
import type {View} from '../output/view.ts'
import {UsageError} from '../rules/errors.ts'
import type {Permission} from '../rules/permissions.ts'
import {PmCommand} from './command.ts'

/** Flags of commands that can show in clear what is masked otherwise. */
export const revealFlags = {
  reveal: Flags.boolean({description: 'Show in clear what is masked otherwise. Who did so, when and why is kept.'}),
  reason: Flags.string({
    env: 'PM_REASON',
    helpValue: 'TEXT',
    description: 'Why it is revealed; kept with it. Required in production.',
  }),
}

/** How many rows of a list are revealed at once at most. */
export const mostRevealed = 1_000
const usualRows = 50

/** What is revealed under which permission; targets as a change names them, `lead:ID`. */
interface Revealing {
  permission: Permission
  targets: readonly string[]
  reason: string | undefined
}

/** A command that can show in clear what is masked otherwise: secrets, and people's data. */
export abstract class RevealCommand extends PmCommand {
  protected override get onlyLooks(): boolean {
    return !this.flags.reveal
  }

  /**
   * Reads what is masked otherwise, in a transaction that records it: a change without rows. What it read is returned
   * once that is committed, so nobody sees anything unrecorded. `work` gets the primary, and cannot write.
   * @throws PermissionDenied; UsageError without a reason in production
   */
  protected async reveal<T>({permission, targets, reason}: Revealing, work: (db: Reader) => Promise<T>): Promise<T> {
    if (this.context.kind === 'production' && !reason?.trim()) {
      throw new UsageError('Revealing in production needs a reason.', {hint: 'Say why: --reason TEXT (or PM_REASON)'})
    }
    this.needed = permission
    this.targets = targets
    const header = {command: this.commandLine, permission, reason: reason ?? null, targets, undoOf: null}
    const {changeId, result} = await write(await this.session(), header, ({reader}) => work(reader))
    this.say(`Revealed, and kept as change ${changeId}.`)
    return result
  }

  /** The page of a list to be revealed. @throws UsageError for more rows than may be revealed at once */
  protected revealedPage({plural}: Pick<View<never>, 'plural'>): Page & {limit: number} {
    const {sort, after, limit = usualRows} = this.flags
    if (limit > 0 && limit <= mostRevealed) return {sort, after, limit}
    throw new UsageError(`At most ${mostRevealed.toLocaleString('en')} ${plural} are revealed at once.`, {
      hint: 'Go on from page to page with --after.',
    })
  }

  /**
   * Shows one page of a list in clear: the rows are read, the reading is recorded, and then they are shown.
   * @throws UsageError for more rows than may be revealed at once
   */
  protected async listRevealed<Row extends object>(
    view: View<Row>,
    listing: Listing<Row>,
    revealing: Revealing,
  ): Promise<void> {
    const page = this.revealedPage(view)
    const rows = await this.reveal(revealing, (db) => listing.query(db, page).execute())
    await this.showRows(view, rows)
    const last = rows.length === page.limit ? rows.at(-1) : undefined
    if (rows.length === 0) this.say(`No ${view.plural} found.`)
    if (last) this.say(`There may be more. Next: --after ${listing.cursor(last, page)}`)
  }
}
