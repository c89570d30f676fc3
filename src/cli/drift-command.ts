import * as Flags from '@oclif/core/flags'
import type {View} from '../output/view.ts'
import {exitCodes} from '../rules/exit-codes.ts'
import {PmCommand} from './command.ts'
import {Cut} from './cut.ts'
import {recordFlags} from './options.ts'

/** Flags of commands that compare two sides. */
export const driftFlags = {
  ...recordFlags,
  limit: Flags.integer({
    min: 0,
    helpValue: 'N',
    description: 'Stop after so many differences; 0 for all. Default: 50 in a table, else all.',
  }),
}

const progressEvery = 10_000

/** A command that compares the database with somebody else's word, and shows where they differ. */
export abstract class DriftCommand extends PmCommand {
  #compared = 0

  /** Counts what was compared, and says how far it is. */
  protected countCompared(more: number, plural: string): void {
    const before = Math.floor(this.#compared / progressEvery)
    this.#compared += more
    if (Math.floor(this.#compared / progressEvery) > before) this.say(`${counted(this.#compared, plural)} so far…`)
  }

  /** Shows differences as they are found; exits 9 where there are any. */
  protected async showDifferences<Finding extends object>(
    view: View<Finding>,
    findings: AsyncIterable<readonly Finding[]>,
    plural: string,
  ): Promise<void> {
    const cut = new Cut<Finding>(this.mostRows)
    await this.showBatches(view, cut.of(findings))
    const found =
      cut.count === 0 ? 'no differences' : counted(cut.count, cut.count === 1 ? 'difference' : 'differences')
    this.say(`${counted(this.#compared, plural)} compared: ${found}.`)
    if (cut.last) this.say('There are more. All: --limit 0')
    if (cut.count > 0) process.exitCode = exitCodes.checkFailed.code
  }
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}`
}
