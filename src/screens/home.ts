import {setImmediate as nextTurn} from 'node:timers/promises'
import type {Recent} from '../cli/recent.ts'
import {BoardScreen, type KeyAct, type Subject} from '../cli/screen/board-screen.ts'
import {Stage} from '../cli/screen/stage.ts'
import type {Board, Entry} from '../output/board.ts'
import type {Cell} from '../output/view.ts'
import type {Hit} from '../queries/find/find.ts'
import {PmError} from '../rules/errors.ts'
import {homeBoard, idOf, nothingFound, wordsAt, wordsOf} from '../views/home-board.ts'
import {openPage} from './open-page.ts'
import {lineOf} from './thing.ts'
import type {Things} from './things.ts'

/** What home needs of its command. */
export interface Home {
  place: Cell
  /** Everything that begins so; gives up when the signal is raised. */
  find(typed: string, signal: AbortSignal): Promise<readonly Hit[]>
  /** Tells what needs somebody; null where the operator may not see it. */
  look: (() => Promise<readonly Entry[]>) | null
  recent: Recent
  things: Things
}

/** Shows home until it is left. @throws Interrupted */
export async function openHome(home: Home): Promise<void> {
  const stage = new Stage()
  const screen = new HomeScreen(stage, home)
  stage.run(screen.look())
  await stage.show(new BoardScreen(screen, home.things.style))
}

/** One box to search everything, results while it is typed into, and pages that tell what can be done. */
class HomeScreen implements Subject {
  readonly #stage: Stage
  readonly #home: Home
  #typed = ''
  #hits: readonly Hit[] | null = null
  #attention: readonly Entry[] | null = null
  #notice: Cell | null = null
  #searching = new AbortController()
  #isBehind = false
  #opensFirst = false

  constructor(stage: Stage, home: Home) {
    this.#stage = stage
    this.#home = home
  }

  readonly keys: Readonly<Record<string, KeyAct>> = {
    escape: () => {
      if (this.#typed === '') this.#stage.back()
      else this.type(() => '')
    },
    return: (chosen) => {
      // Whoever types faster than the database finds means what they typed, and not what still stands there.
      if (this.#isBehind) this.#opensFirst = true
      else if (chosen !== undefined) this.#open(chosen)
    },
  }

  board(chosen: string | undefined): Board {
    return homeBoard({
      place: this.#home.place,
      typed: this.#typed,
      hits: this.#hits,
      attention: this.#home.look && {entries: this.#attention},
      recent: this.#home.recent.list(),
      // What Enter shows, as it would be typed.
      notice: this.#notice ?? (chosen === undefined ? null : {text: `$ ${lineOf(wordsAt(chosen))}`, tone: 'dim'}),
    })
  }

  type(edit: (text: string) => string): void {
    this.#typed = edit(this.#typed)
    // What was being looked for is not wanted any more.
    this.#searching.abort()
    this.#searching = new AbortController()
    this.#opensFirst = false
    this.#isBehind = this.#typed.trim() !== ''
    if (!this.#isBehind) this.#show(null, null)
    else this.#stage.run(this.#search(this.#typed, this.#searching.signal))
  }

  /** Looks for what needs somebody. */
  async look(): Promise<void> {
    if (!this.#home.look) return
    this.#attention = await this.#home.look()
    this.#stage.redraw()
  }

  async #search(typed: string, signal: AbortSignal): Promise<void> {
    try {
      // Letters that were pasted come at once: only the last of them is searched for.
      await nextTurn()
      if (signal.aborted) return
      const hits = await this.#home.find(typed, signal)
      if (signal.aborted) return
      this.#show(hits, hits.length > 0 ? null : {text: nothingFound(typed), tone: 'warn'})
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof PmError)) throw error
      this.#show(null, {text: error.message, tone: 'bad'})
    }
  }

  #show(hits: readonly Hit[] | null, notice: Cell | null): void {
    this.#hits = hits
    this.#notice = notice
    this.#isBehind = false
    const [first] = hits ?? []
    if (this.#opensFirst && first) this.#open(idOf(wordsOf(first)))
    this.#opensFirst = false
    this.#stage.redraw()
  }

  #open(id: string): void {
    const words = wordsAt(id)
    const hit = this.#hits?.find((one) => idOf(wordsOf(one)) === id)
    const [seen] = this.#home.recent.list().filter((one) => idOf(one.words) === id)
    const name = hit?.name ?? seen?.name ?? words.at(-1) ?? ''
    if (words.includes('show') || words.includes('get')) this.#home.recent.add({words, name})
    openPage(this.#stage, words, this.#home.things)
  }
}
