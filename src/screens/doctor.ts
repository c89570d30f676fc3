import {askText} from '../cli/ask.ts'
import {BoardScreen, type KeyAct, type Subject} from '../cli/screen/board-screen.ts'
import {Stage} from '../cli/screen/stage.ts'
import {lookAtRecord, type Seen} from '../dns/check/at-source.ts'
import {findingKinds} from '../dns/check/kinds.ts'
import {followDelegation} from '../dns/delegation/path.ts'
import type {Dns} from '../dns/dns.ts'
import type {Fix} from '../dns/finding.ts'
import type {RecordVerdict} from '../dns/records/verdict.ts'
import type {Style} from '../output/style.ts'
import type {Cell} from '../output/view.ts'
import {pathSections} from '../views/delegation-path.ts'
import {type DoctorItem, doctorBoard, doctorItems, fixLines} from '../views/doctor-board.ts'
import {doctorHelp} from '../views/doctor-help.ts'
import type {CheckedDomain} from '../views/domain-check.ts'
import type {Here} from '../views/here.ts'
import {PageScreen} from './page.ts'
import {SpfScreen} from './spf.ts'

/** What the doctor's screen needs of its command. */
export interface Doctor {
  domain: {domain: string; document: unknown; senders: readonly {ip: string; helo: string | null}[]}
  /** Checks all of it, with nothing remembered. */
  check(): Promise<CheckedDomain>
  /** Lets something ask DNS, with nothing remembered. */
  ask<T>(work: (dns: Dns) => Promise<T>): Promise<T>
  /** Runs a command line, asked for its DNS servers like this one; undefined where the domain is not in the database. */
  run: ((words: readonly string[]) => Promise<void>) | undefined
  style: () => Style
  /** Makes what tells of commands tell of them in the same place. */
  here: Here
  /** Waits so many seconds, or until the screen is left. */
  wait(seconds: number): Promise<void>
  /** How often what is watched is asked for, at most. */
  every: number
}

/** Shows the doctor's screen until it is left. @throws Interrupted, and whatever its work throws */
export async function openDoctor(doctor: Doctor): Promise<Pick<DoctorScreen, 'checked' | 'copied'>> {
  const stage = new Stage()
  const screen = new DoctorScreen(stage, doctor)
  await stage.show(screen.open())
  return screen
}

/** The troubleshooter: findings in the order of causes, and keys to look closer and to act on them. */
class DoctorScreen implements Subject {
  readonly #stage: Stage
  readonly #doctor: Doctor
  readonly #seen = new Map<string, Seen>()
  #checked: CheckedDomain | null = null
  #notice: Cell | null = null
  /** The check that was begun last: what an earlier one comes to is old by then. */
  #checking: Promise<CheckedDomain> | undefined
  /** As it was chosen then: the same item, chosen again, is another watch. */
  #watched: DoctorItem | undefined
  readonly #copied = new Map<string, Fix>()

  constructor(stage: Stage, doctor: Doctor) {
    this.#stage = stage
    this.#doctor = doctor
  }

  /** What the last check came to; null where there was none. */
  get checked(): CheckedDomain | null {
    return this.#checked
  }

  /** The fixes that were copied, each once. */
  get copied(): readonly Fix[] {
    return [...this.#copied.values()]
  }

  /** The screen, which checks the domain first. */
  open(): BoardScreen {
    this.#checkAll()
    return new BoardScreen(this, this.#doctor.style)
  }

  board(chosen: string | undefined) {
    const {domain} = this.#doctor.domain
    const state = {domain, checked: this.#checked, seen: this.#seen, notice: this.#notice, kinds: findingKinds}
    return doctorBoard(state, chosen)
  }

  readonly keys: Readonly<Record<string, KeyAct>> = {
    q: () => this.#stage.back(),
    escape: () => this.#stage.back(),
    '?': () => this.#page('Keys', doctorHelp(this.#doctor.domain.domain, this.#doctor.here)),
    r: (chosen) => this.#about(chosen, (item) => this.#stage.run(this.#askAgain(item))),
    w: (chosen) => this.#about(chosen, (item) => this.#watch(item)),
    f: (chosen) => this.#about(chosen, (item) => this.#copyFix(item)),
    R: () => this.#checkAll(),
    t: () => this.#stage.run(this.#trace()),
    e: () => this.#stage.open(new SpfScreen(this.#stage, this.#doctor).open()),
    s: () => this.#save(),
  }

  #say(text: string, tone: NonNullable<Cell['tone']> = 'info'): void {
    this.#notice = {text, tone}
    this.#stage.redraw()
  }

  #page(title: string, sections: ConstructorParameters<typeof PageScreen>[1]['sections']): void {
    this.#stage.open(new PageScreen(this.#stage, {title, sections}, this.#doctor.style).open())
  }

  #about(chosen: string | undefined, act: (item: DoctorItem) => void): void {
    const item = this.#checked && doctorItems(this.#checked).find(({id}) => id === chosen)
    if (item) act(item)
  }

  #checkAll(): void {
    this.#say('Asking the name servers and resolvers …')
    const checking = this.#doctor.check()
    this.#checking = checking
    this.#stage.run(
      checking.then((checked) => {
        if (this.#checking !== checking) return
        this.#checked = checked
        this.#seen.clear()
        this.#say('Checked just now.')
      }),
    )
  }

  async #askAgain(item: DoctorItem): Promise<Seen | undefined> {
    const {name, type, subject} = item.of
    if (type === null) {
      this.#say('This is about no single record: R checks everything again.')
      return undefined
    }
    this.#say(`Asking the source for ${type} of ${name} …`)
    const seen = await this.#doctor.ask((dns) => lookAtRecord(dns, this.#doctor.domain, {name, type, subject}))
    this.#seen.set(item.id, seen)
    this.#say(`${subject}, asked just now: ${seen.verdict?.state ?? 'see what is live'}.`)
    return seen
  }

  // Pressed again it stops.
  #watch(item: DoctorItem): void {
    const isWatched = this.#watched?.id === item.id
    this.#watched = isWatched ? undefined : item
    if (isWatched) this.#say('No longer watched.')
    else this.#stage.run(this.#watchUntilRight(item))
  }

  async #watchUntilRight(item: DoctorItem): Promise<void> {
    let seen: Seen | undefined
    while (this.#watched === item) {
      seen = await this.#askAgain(item)
      if (!seen?.verdict || seen.verdict.state === 'ok') break
      await this.#countDown(item, seen.verdict)
    }
    if (this.#watched !== item) return
    this.#watched = undefined
    if (seen?.verdict) this.#checkAll()
    else if (seen) this.#say(`Nothing is expected of ${item.of.subject}, so there is nothing to wait for.`)
  }

  async #countDown(item: DoctorItem, {state, retry_after_s: wait}: RecordVerdict): Promise<void> {
    for (let left = this.#doctor.every; left > 0 && this.#watched === item; left -= 1) {
      const rightIn = wait === null ? '' : ` Caches forget it in ${Math.max(0, wait - this.#doctor.every + left)} s.`
      this.#say(`Watching ${item.of.subject}: ${state}.${rightIn} Asking again in ${left} s; w stops.`)
      await this.#doctor.wait(1)
    }
  }

  #copyFix(item: DoctorItem): void {
    const fix = item.kind === 'finding' ? item.of.fix : null
    if (!fix) {
      this.#say('There is no record to publish for this.')
      return
    }
    this.#stage.copy(fix.value)
    this.#copied.set(fix.zone_line, fix)
    this.#page(`Copied: ${fix.type} of ${fix.name}`, [{lines: fixLines(fix)}])
  }

  async #trace(): Promise<void> {
    this.#say('Following the delegation …')
    const path = await this.#doctor.ask((dns) => followDelegation(dns, this.#doctor.domain.domain))
    this.#notice = null
    const same = {
      lines: [{text: this.#doctor.here(`The same as text: pm domain trace ${path.domain}`), tone: 'dim' as const}],
    }
    this.#page(`Delegation of ${path.domain}`, [...pathSections(path), same])
  }

  #save(): void {
    const {run, domain} = this.#doctor
    if (run) this.#stage.aside(() => saveAnew(domain.domain, run).finally(() => this.#checkAll()))
    else this.#say('pm does not know this domain: there is nowhere to save it.', 'warn')
  }
}

async function saveAnew(domain: string, run: NonNullable<Doctor['run']>): Promise<void> {
  const reason = await askText('Check again and store what comes of it. Why? (Empty: do not)')
  if (reason !== '') await run(['domain', 'check', domain, '--write', '--reason', reason])
}
