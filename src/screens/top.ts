import {BoardScreen, type KeyAct, type Subject} from '../cli/screen/board-screen.ts'
import {Follower} from '../cli/screen/follower.ts'
import {Fresh} from '../cli/screen/fresh.ts'
import {Stage} from '../cli/screen/stage.ts'
import type {Board, Entry} from '../output/board.ts'
import type {Style} from '../output/style.ts'
import type {Cell} from '../output/view.ts'
import type {Live} from '../queries/status/live.ts'
import {chosenLines} from '../views/aligned.ts'
import {liveHead} from '../views/live.ts'
import {liveEntries} from '../views/live-board.ts'
import {openPage} from './open-page.ts'
import {lineOf} from './thing.ts'
import type {Things} from './things.ts'

/** What the board needs of its command. */
export interface Top {
  /** Where it works. */
  place: string
  first: Live
  look(): Promise<Live>
  /** Waits until it is time to look again. @throws Interrupted when the screen is left meanwhile */
  wait(): Promise<void>
  style: () => Style
  things: Things
}

/** Shows the board until it is left. @throws Interrupted */
export async function openTop(top: Top): Promise<void> {
  const stage = new Stage()
  const screen = new TopScreen(stage, top)
  stage.run(screen.follower.follow())
  await stage.show(new BoardScreen(screen, top.style))
}

/** The platform as it is, drawn anew as it changes; Enter opens what is chosen. */
class TopScreen implements Subject {
  readonly #stage: Stage
  readonly #top: Top
  readonly #fresh = new Fresh()
  #live: Live
  #entries: readonly Entry[] = []
  /** The ids of those that have come or changed. */
  #changed: ReadonlySet<string> = new Set()
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
    r: () => this.#stage.run(this.follower.now()),
    return: (chosen) => {
      if (chosen !== undefined) openPage(this.#stage, chosen.split(' '), this.#top.things)
    },
  }

  board(chosen: string | undefined): Board {
    const {place} = this.#top
    return {
      head: [
        {text: `${place} · ${this.#time}${this.#changed.size > 0 ? ' · ● changed' : ''}`, tone: 'strong'},
        ...liveHead(this.#live),
      ],
      entries: this.#entries.map((entry) => marked(entry, this.#changed)),
      detail: [],
      // What Enter shows, as it would be typed.
      notice: this.#notice ?? (chosen === undefined ? null : {text: `$ ${lineOf(chosen.split(' '))}`, tone: 'dim'}),
      keys: ['q quit', '↑↓ choose', 'Enter open', 'r now'],
    }
  }

  /** Looks again and again. */
  readonly follower = new Follower({
    look: async () => this.#take(await this.#top.look()),
    wait: () => this.#top.wait(),
    show: (trouble) => {
      this.#notice = trouble === null ? null : {text: trouble, tone: 'bad'}
      this.#stage.redraw()
    },
  })

  #take(live: Live): void {
    const {clock} = this.#top.style()
    this.#live = live
    this.#entries = liveEntries(live, clock)
    const lines = chosenLines(this.#entries)
    const {fresh} = this.#fresh.mark(lines.map(({says}) => says))
    this.#changed = new Set(lines.flatMap(({id}, index) => (fresh[index] && id !== undefined ? id : [])))
    this.#time = clock.now.toTimeString().slice(0, 8)
  }
}

function marked({line, id, ...entry}: Entry, changed: ReadonlySet<string>): Entry {
  if (id === undefined) return {line, ...entry}
  return {...entry, id, line: {...line, text: `${changed.has(id) ? '●' : ' '} ${line.text}`}}
}
