import {BoardScreen, type KeyAct, type Subject} from '../cli/screen/board-screen.ts'
import type {Stage} from '../cli/screen/stage.ts'
import type {Board} from '../output/board.ts'
import {paintedSection} from '../output/detail.ts'
import type {Cell} from '../output/view.ts'
import {PmError} from '../rules/errors.ts'
import {quoted} from '../rules/shell-word.ts'
import {type Offer, offersFor} from './offers.ts'
import {pageKeys} from './page-keys.ts'
import type {Things} from './things.ts'

/** Opens the page of what a command shows, with what can be done with it. */
export function openThing(stage: Stage, words: readonly string[], things: Things): void {
  const screen = new ThingScreen(stage, words, things)
  stage.open(new BoardScreen(screen, things.style))
  stage.run(screen.load())
}

const actKeys = ['q back', '↑↓ choose', 'Enter do it', 'PgDn scroll']

class ThingScreen implements Subject {
  readonly keys: Readonly<Record<string, KeyAct>>
  readonly #stage: Stage
  readonly #words: readonly string[]
  readonly #things: Things
  #text = ''
  #offers: readonly Offer[] = []
  #notice: Cell | null = {text: 'Looking …', tone: 'info'}

  constructor(stage: Stage, words: readonly string[], things: Things) {
    this.#stage = stage
    this.#words = words
    this.#things = things
    this.keys = pageKeys(
      stage,
      () => this.load(),
      (chosen) => {
        const offer = this.#offers.find(({command}) => command === chosen)
        if (offer) stage.aside(() => this.#do(offer))
      },
    )
  }

  board(chosen: string | undefined): Board {
    const width = Math.max(0, ...this.#offers.map(({command}) => command.length))
    return {
      head: [{text: lineOf(this.#words), tone: 'strong'}],
      entries: this.#offers.map(({command, summary}) => ({
        id: command,
        line: {text: `${command.padEnd(width)}  ${summary}`},
      })),
      detail: this.#text === '' ? [] : [paintedSection(this.#text)],
      notice: this.#notice ?? this.#plainLine(chosen),
      keys: this.#offers.length > 0 ? [...actKeys, 'r look again'] : ['q back', '↑↓ scroll', 'r look again'],
    }
  }

  /** What Enter does, as it would be typed. */
  #plainLine(chosen: string | undefined): Cell | null {
    const offer = this.#offers.find(({command}) => command === chosen)
    return offer ? {text: `$ ${lineOf(offer.line)}`, tone: 'dim'} : null
  }

  /** Looks at the thing as it is now. */
  async load(): Promise<void> {
    try {
      this.#text = await this.#things.show(this.#words)
      this.#offers = await offersFor(this.#words, this.#things)
      this.#notice = null
    } catch (error) {
      if (!(error instanceof PmError)) throw error
      this.#notice = {text: error.message, tone: 'bad'}
    }
    this.#stage.redraw()
  }

  async #do({line}: Offer): Promise<void> {
    await this.#things.run(line)
    this.#stage.run(this.load())
  }
}

/** A command line as it would be typed. */
export function lineOf(words: readonly string[]): string {
  return `pm ${words.map(quoted).join(' ')}`
}
