import {type Board, type Drawn, drawBoard, type Place} from '../../output/board.ts'
import type {Size} from '../../output/frame.ts'
import type {Style} from '../../output/style.ts'
import type {Key, Screen} from './stage.ts'

/** What a key does, with the entry that is chosen. */
export type KeyAct = (chosen: string | undefined) => void

/** What a screen is about; asked for anew whenever it is drawn. */
export interface Subject {
  /** What to show, with what is to be said of the chosen entry. */
  board(chosen: string | undefined): Board
  /** What keys do beyond moving, by the key's name. */
  keys: Readonly<Record<string, KeyAct | undefined>>
  /** Takes what is typed into the screen's field, if it has one; then letters are no keys. */
  type?(edit: (text: string) => string): void
}

/** Entries, or lines of the detail, that a key goes by. */
const steps: Readonly<Record<string, number>> = {
  up: -1,
  down: 1,
  home: Number.NEGATIVE_INFINITY,
  end: Number.POSITIVE_INFINITY,
}

/** Lines that a key goes by: of the detail, and where there is none of the list. */
const jumps: Readonly<Record<string, number>> = {pageup: -10, pagedown: 10}

/** What keys do to what was typed. */
const edits: Readonly<Record<string, (typed: string) => string>> = {
  backspace: (typed) => [...typed].slice(0, -1).join(''),
  'ctrl-u': () => '',
}

/** A board that is moved through with the arrow keys: up and down the list, right and left through the detail. */
export class BoardScreen implements Screen {
  readonly #subject: Subject
  readonly #style: () => Style
  #place: Place = {chosen: undefined, scroll: 0}
  /** Whether the operator moved to what is chosen; else it is the first, whichever that is. */
  #isMoved = false
  #drawn: Pick<Drawn, 'starts' | 'length'> = {starts: [], length: 0}

  constructor(subject: Subject, style: () => Style) {
    this.#subject = subject
    this.#style = style
  }

  async draw(size: Size): Promise<readonly string[]> {
    this.#settle()
    const place = this.#place
    const {lines, scroll, ...drawn} = await drawBoard(this.#board, place, size, this.#style())
    this.#drawn = drawn
    // What was asked for may be beyond the end.
    if (this.#place === place) this.#place = {...place, scroll}
    return lines
  }

  press({name, text}: Key): void {
    if (this.#edit(name, text)) return
    this.#settle()
    const own = this.#subject.keys[name]
    if (own) own(this.#place.chosen)
    else if (this.#isAboutList(name)) this.#choose(steps[name] ?? jumps[name] ?? 0)
    else this.#scroll(name)
  }

  get #board(): Board {
    return this.#subject.board(this.#place.chosen)
  }

  get #ids(): string[] {
    return this.#board.entries.flatMap(({id}) => id ?? [])
  }

  #edit(name: string, text: string): boolean {
    const {type} = this.#subject
    const edit = text === '' ? edits[name] : (typed: string) => typed + text
    if (!type || !edit) return false
    this.#isMoved = false
    this.#subject.type?.(edit)
    return true
  }

  #isAboutList(key: string): boolean {
    return this.#ids.length > 0 && (key in steps || (key in jumps && this.#drawn.length === 0))
  }

  // What was chosen may have gone meanwhile.
  #settle(): void {
    const ids = this.#ids
    const {chosen} = this.#place
    this.#isMoved &&= chosen !== undefined && ids.includes(chosen)
    if (!this.#isMoved && chosen !== ids[0]) this.#place = {chosen: ids[0], scroll: 0}
  }

  #choose(step: number): void {
    const ids = this.#ids
    const at = ids.indexOf(this.#place.chosen ?? '')
    const next = Math.max(0, Math.min(ids.length - 1, at + step))
    this.#place = {chosen: ids[next], scroll: 0}
    this.#isMoved = true
  }

  #scroll(key: string): void {
    const {scroll} = this.#place
    const {starts, length} = this.#drawn
    const part = key === 'right' ? starts.find((start) => start > scroll) : starts.findLast((start) => start < scroll)
    const to = key === 'right' || key === 'left' ? (part ?? scroll) : scroll + (steps[key] ?? jumps[key] ?? 0)
    this.#place = {...this.#place, scroll: Math.max(0, Math.min(length - 1, to))}
  }
}
