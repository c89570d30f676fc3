import {BoardScreen, type KeyAct, type Subject} from '../cli/screen/board-screen.ts'
import type {Stage} from '../cli/screen/stage.ts'
import type {Dns} from '../dns/dns.ts'
import {evaluateSender} from '../dns/spf/evaluate-sender.ts'
import type {Board} from '../output/board.ts'
import type {Section} from '../output/detail.ts'
import type {Style} from '../output/style.ts'
import type {Cell} from '../output/view.ts'
import type {Here} from '../views/here.ts'
import {spfSections} from '../views/spf-verdict.ts'

interface Question {
  domain: {domain: string; senders: readonly {ip: string; helo: string | null}[]}
  ask<T>(work: (dns: Dns) => Promise<T>): Promise<T>
  style: () => Style
  here: Here
}

/** Whether an address passes a domain's SPF: one of those that send for it, or any that is typed. */
export class SpfScreen implements Subject {
  readonly #stage: Stage
  readonly #question: Question
  #typed = ''
  #notice: Cell | null = null
  #detail: readonly Section[] = []
  /** The evaluation that was begun last: what an earlier one comes to is not shown. */
  #evaluation: Promise<unknown> | undefined

  constructor(stage: Stage, question: Question) {
    this.#stage = stage
    this.#question = question
  }

  readonly keys: Readonly<Record<string, KeyAct>> = {
    escape: () => this.#stage.back(),
    return: (chosen) => this.#stage.run(this.#evaluate(this.#ips.length === 0 ? this.#typed.trim() : (chosen ?? ''))),
  }

  open(): BoardScreen {
    return new BoardScreen(this, this.#question.style)
  }

  board(): Board {
    return {
      head: [
        {text: `Does SPF of ${this.#question.domain.domain} let an address send?`, tone: 'strong'},
        {text: `IP: ${this.#typed}▏`},
      ],
      entries: this.#ips.map((ip) => ({id: ip, line: {text: `${ip}  sends for it`}})),
      detail: this.#detail,
      notice: this.#notice,
      keys: ['Enter evaluate', 'Esc back', '↑↓ choose'],
    }
  }

  type(edit: (text: string) => string): void {
    this.#typed = edit(this.#typed)
    this.#evaluation = undefined
    this.#detail = []
    this.#notice = null
  }

  get #ips(): string[] {
    return this.#question.domain.senders.map(({ip}) => ip).filter((ip) => ip.startsWith(this.#typed.trim()))
  }

  async #evaluate(ip: string): Promise<void> {
    const {domain, ask, here} = this.#question
    const helo = domain.senders.find((sender) => sender.ip === ip)?.helo ?? null
    this.#notice = {text: `Evaluating ${ip} …`, tone: 'info'}
    this.#stage.redraw()
    const evaluation = ask((dns) => evaluateSender(dns, domain.domain, {ip, helo}))
    this.#evaluation = evaluation
    try {
      const verdict = await evaluation
      if (this.#evaluation !== evaluation) return
      const same = {text: here(`The same as text: pm domain spf ${domain.domain} ${ip}`), tone: 'dim' as const}
      this.#detail = [...spfSections(ip, verdict), {lines: [same]}]
      this.#notice = null
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      if (this.#evaluation !== evaluation) return
      this.#notice = {text: ip === '' ? 'Which IP? Type one.' : `“${ip}” is no IP address.`, tone: 'bad'}
    }
    this.#stage.redraw()
  }
}
