import {BoardScreen, type KeyAct, type Subject} from '../cli/screen/board-screen.ts'
import type {Stage} from '../cli/screen/stage.ts'
import type {Board} from '../output/board.ts'
import type {Cell} from '../output/view.ts'
import {PmError} from '../rules/errors.ts'
import {idOf, wordsAt} from '../views/home-board.ts'
import {pageKeys} from './page-keys.ts'
import {lineOf, openThing} from './thing.ts'
import type {Rows, Things} from './things.ts'

/** Opens the page of a list; Enter opens the page of a row. */
export function openListing(stage: Stage, words: readonly string[], things: Things): void {
  const screen = new ListingScreen(stage, words, things)
  stage.open(new BoardScreen(screen, things.style))
  stage.run(screen.load())
}

/** The command that shows the row of a list. */
export function pageOf([topic = '']: readonly string[], name: string): string[] {
  return [topic, 'show', name]
}

class ListingScreen implements Subject {
  readonly keys: Readonly<Record<string, KeyAct>>
  readonly #stage: Stage
  readonly #words: readonly string[]
  readonly #things: Things
  #list: Rows = {head: '', rows: [], said: []}
  #notice: Cell | null = {text: 'Looking …', tone: 'info'}

  constructor(stage: Stage, words: readonly string[], things: Things) {
    this.#stage = stage
    this.#words = words
    this.#things = things
    this.keys = pageKeys(
      stage,
      () => this.load(),
      (chosen) => {
        if (chosen !== undefined) this.#open(wordsAt(chosen))
      },
    )
  }

  board(chosen: string | undefined): Board {
    const {head, rows} = this.#list
    return {
      head: [
        {text: lineOf(this.#words), tone: 'strong'},
        ...(head === '' ? [] : [{text: `  ${head}`, tone: 'dim' as const}]),
      ],
      entries: rows.map(({name, line}) => ({id: idOf(pageOf(this.#words, name)), line: {text: line}})),
      detail: [],
      notice: this.#notice ?? this.#plainLine(chosen),
      keys: ['q back', '↑↓ choose', 'Enter open', 'r look again'],
    }
  }

  #open(words: readonly string[]): void {
    this.#things.seen?.({words, name: words.at(-1) ?? ''})
    openThing(this.#stage, words, this.#things)
  }

  /** What Enter shows, as it would be typed. */
  #plainLine(chosen: string | undefined): Cell | null {
    return chosen === undefined ? null : {text: `$ ${lineOf(wordsAt(chosen))}`, tone: 'dim'}
  }

  /** Looks at the list as it is now. */
  async load(): Promise<void> {
    try {
      this.#list = await this.#things.rows(this.#words)
      const [said] = this.#list.rows.length === 0 ? this.#list.said : []
      this.#notice = said === undefined ? null : {text: said}
    } catch (error) {
      if (!(error instanceof PmError)) throw error
      this.#notice = {text: error.message, tone: 'bad'}
    }
    this.#stage.redraw()
  }
}
