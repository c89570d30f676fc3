import {BoardScreen, type KeyAct, type Subject} from '../cli/screen/board-screen.ts'
import {Fresh} from '../cli/screen/fresh.ts'
import {Stage} from '../cli/screen/stage.ts'
import type {Board, Entry} from '../output/board.ts'
import type {Style} from '../output/style.ts'
import type {Cell} from '../output/view.ts'
import type {Live} from '../queries/status/live.ts'
import {PmError} from '../rules/errors.ts'
import {liveEntries, liveHead} from '../views/live.ts'
import {openPage} from './open-page.ts'
import {lineOf} from './thing.ts'
import type {Things} from './things.ts'

/** What the board needs of its command. */
export interface Top {
  /** Where it works. */
  place: string
  first: Live
  look(): Promise<Live>
  every: number
  wait(seconds: number): Promise<void>
  style: () => Style
  things: Things
}

/** Shows the board until it is left. @throws Interrupted */
export async function openTop(top: Top): Promise<void> {
  const stage = new Stage()
  const screen = new TopScreen(stage, top)
  stage.run(screen.follow())
  await stage.show(new BoardScreen(screen, top.style))
}

/** The platform as it is, drawn anew as it changes; Enter opens what is chosen. */
class TopScreen implements Subject {
  readonly #stage: Stage
  readonly #top: Top
  readonly #fresh = new Fresh()
  #live: Live
  #entries: readonly Entry[] = []
  #marks: readonly boolean[] = []
  #notice: Cell | null = null
  #time = ''

  constructor(stage: Stage, top: Top) {
    this.#stage = stage
    this.#top = top
    this.#live = top.first
    this.#take(top.first)
  }

  readonly keys: Readonly<Record<string, KeyAct>> = {
    q: () => this.#stage.back(),
    escape: () => this.#stage.back(),
    r: () => this.#stage.run(this.#look()),
    return: (chosen) => {
      if (chosen !== undefined) openPage(this.#stage, chosen.split(' '), this.#top.things)
    },
  }

  board(chosen: string | undefined): Board {
    const {place} = this.#top
    return {
      head: [
        {text: `${place} · ${this.#time}${this.#marks.some(Boolean) ? ' · ● changed' : ''}`, tone: 'strong'},
        ...liveHead(this.#live),
      ],
      entries: this.#entries.map((entry, index) => marked(entry, this.#marks[index] ?? false)),
      detail: [],
      // What Enter shows, as it would be typed.
      notice: this.#notice ?? (chosen === undefined ? null : {text: `$ ${lineOf(chosen.split(' '))}`, tone: 'dim'}),
      keys: ['q quit', '↑↓ choose', 'Enter open', 'r now'],
    }
  }

  /** Looks again and again. */
  async follow(): Promise<void> {
    for (;;) {
      await this.#top.wait(this.#top.every)
      await this.#look()
    }
  }

  // What fails now may work again in a moment.
  async #look(): Promise<void> {
    try {
      this.#take(await this.#top.look())
      this.#notice = null
    } catch (error) {
      if (!(error instanceof PmError)) throw error
      this.#notice = {text: error.message, tone: 'bad'}
    }
    this.#stage.redraw()
  }

  #take(live: Live): void {
    const {clock} = this.#top.style()
    this.#live = live
    this.#entries = liveEntries(live, clock)
    this.#marks = this.#fresh.mark(this.#entries.map(({line}) => line.text))
    this.#time = clock.now.toTimeString().slice(0, 8)
  }
}

function marked({line, ...entry}: Entry, isFresh: boolean): Entry {
  if (entry.id === undefined) return {line, ...entry}
  return {...entry, line: {...line, text: `${isFresh ? '●' : ' '} ${line.text}`}}
}
