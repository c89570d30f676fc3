import {setTimeout as wait} from 'node:timers/promises'
import type {Board} from '../../output/board.ts'
import {paintedSection} from '../../output/detail.ts'
import {type FullLine, fullLines} from '../../output/in-full.ts'
import type {Cell} from '../../output/view.ts'
import {Interrupted, UsageError} from '../../rules/errors.ts'
import {firstFew} from '../../rules/first-few.ts'
import {quoted} from '../../rules/shell-word.ts'
import {untilEnding} from '../endings.ts'
import {Interruption} from '../interruption.ts'
import {screenStyle} from '../style.ts'
import {isPlain} from '../terminal.ts'
import {BoardScreen, type KeyAct, type Subject} from './board-screen.ts'
import {type Followed, Follower} from './follower.ts'
import {Fresh, type Marks} from './fresh.ts'
import {Lender} from './lender.ts'
import {captureLine, type Host} from './run-line.ts'
import {Stage} from './stage.ts'

/** The columns in front of a line that say whether it is fresh. */
const margin = 2

/**
 * Runs a command line every so many seconds over one session, and shows what has changed. On a plain terminal (and with
 * PM_ACCESSIBLE=1) nothing is drawn over: what changed is said line by line.
 * @throws UsageError off a terminal, Interrupted, and what the first run throws
 */
export async function watchLine(words: readonly string[], host: Host, seconds: number): Promise<void> {
  const {isTTY} = host.around.terminal
  if (!isTTY.stdout || !isTTY.stdin || !isTTY.stderr) {
    throw new UsageError('--watch shows changes on a terminal, and this is none.', {
      hint: 'In a script, run the command again when you need it.',
    })
  }
  const lender = new Lender(host.around)
  const interruption = new Interruption()
  interruption.cancels(lender)
  const left = new AbortController()
  const signal = AbortSignal.any([interruption.signal, left.signal])
  try {
    const watch = new Watch(words, {...host, around: {...lender.around, isCompared: true}}, seconds, signal)
    if (isPlain(host.around.env))
      await untilEnding(
        () => left.abort(),
        () => watch.tell(),
      )
    else await watch.run()
  } finally {
    left.abort()
    interruption.end()
    await lender.close()
  }
}

class Watch implements Subject {
  readonly #words: readonly string[]
  readonly #host: Host
  readonly #seconds: number
  readonly #signal: AbortSignal
  readonly #stage = new Stage()
  readonly #fresh: Fresh
  #lines: readonly FullLine[] = []
  #marks: Marks = {fresh: [], gone: []}
  #at = new Date()
  #notice: Cell | null = null

  constructor(words: readonly string[], host: Host, seconds: number, signal: AbortSignal) {
    this.#words = words
    this.#host = host
    this.#seconds = seconds
    this.#signal = signal
    // What is drawn stays marked for a while; what is said is said once.
    this.#fresh = new Fresh(isPlain(host.around.env) ? 1 : undefined)
  }

  readonly keys: Readonly<Record<string, KeyAct>> = {
    q: () => this.#stage.back(),
    escape: () => this.#stage.back(),
    r: () => this.#stage.run(this.#onScreen.now()),
  }

  /** Shows what changes on a screen, until it is left. */
  async run(): Promise<void> {
    await this.#look()
    this.#stage.run(this.#onScreen.follow())
    await this.#stage.show(new BoardScreen(this, () => screenStyle(this.#host.around, {})))
  }

  board(): Board {
    const {fresh} = this.#marks
    const text = this.#lines.map(({line}, index) => `${fresh[index] ? '●' : ' '} ${line}\n`).join('')
    const time = this.#at.toTimeString().slice(0, 8)
    const changes = changesIn(this.#marks)
    return {
      head: [
        {text: ['pm', ...this.#words.map(quoted)].join(' '), tone: 'strong'},
        {
          text: [`Every ${this.#seconds} s`, time, ...changes].join(' · '),
          tone: changes.length === 0 ? 'dim' : 'warn',
        },
      ],
      entries: [],
      detail: [paintedSection(text)],
      notice: this.#notice,
      keys: ['q quit', 'r now', '↑↓ scroll'],
    }
  }

  async #look(): Promise<void> {
    const width = this.#host.around.terminal.width - margin
    const {shown, said} = await captureLine(this.#words, this.#host, width)
    this.#lines = [...fullLines(shown.trimEnd()), ...said.map((line) => ({line, says: line}))]
    this.#marks = this.#fresh.mark(this.#lines.map(({says}) => says))
    this.#at = this.#host.around.now()
  }

  readonly #onScreen = this.#follower((trouble) => {
    this.#notice = trouble === null ? null : {text: trouble, tone: 'bad'}
    this.#stage.redraw()
  })

  #follower(show: Followed['show']): Follower {
    return new Follower({look: () => this.#look(), wait: () => this.#pause(), show})
  }

  async #pause(): Promise<void> {
    await wait(this.#seconds * 1_000, undefined, {signal: this.#signal}).catch((cause: unknown) => {
      throw new Interrupted('Nothing was changed.', {cause})
    })
  }

  /** Says line by line what changes. */
  async tell(): Promise<void> {
    const {terminal} = this.#host.around
    await this.#look()
    await terminal.write(this.#lines.map(({line}) => `${line}\n`).join(''))
    let told: string | null = null
    await this.#follower(async (trouble) => {
      if (trouble === null) await terminal.write(this.#changedLines().join(''))
      else if (trouble !== told) terminal.say(trouble)
      told = trouble
    }).follow()
  }

  #changedLines(): string[] {
    const {fresh, gone} = this.#marks
    const come = this.#lines.filter((_, index) => fresh[index]).map(({line}) => `● ${line}\n`)
    return [...come, ...gone.map((name) => `○ No longer shown: ${name}\n`)]
  }
}

function changesIn({fresh, gone}: Marks): string[] {
  const count = fresh.filter(Boolean).length
  return [
    ...(count === 0 ? [] : [`${count} changed (●)`]),
    ...(gone.length === 0 ? [] : [`no longer shown: ${firstFew(gone)}`]),
  ]
}
