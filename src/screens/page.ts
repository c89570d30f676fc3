import {BoardScreen, type KeyAct, type Subject} from '../cli/screen/board-screen.ts'
import type {Stage} from '../cli/screen/stage.ts'
import type {Board} from '../output/board.ts'
import type {Section} from '../output/detail.ts'
import type {Style} from '../output/style.ts'

interface Page {
  title: string
  sections: readonly Section[]
}

/** Something to read. */
export class PageScreen implements Subject {
  readonly keys: Readonly<Record<string, KeyAct>>
  readonly #page: Page
  readonly #style: () => Style

  constructor(stage: Stage, page: Page, style: () => Style) {
    const back = () => stage.back()
    this.#page = page
    this.#style = style
    this.keys = {q: back, escape: back, return: back, '?': back}
  }

  open(): BoardScreen {
    return new BoardScreen(this, this.#style)
  }

  board(): Board {
    const {title, sections} = this.#page
    return {
      head: [{text: title, tone: 'strong'}],
      entries: [],
      detail: sections,
      notice: null,
      keys: ['q back', '↑↓ scroll', '←→ next part'],
    }
  }
}
