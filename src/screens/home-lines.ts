import type {Seen} from '../cli/recent.ts'
import type {Hit} from '../queries/find/find.ts'
import {PmError} from '../rules/errors.ts'
import {wordsOf} from '../views/home-board.ts'
import type {Home} from './home.ts'
import {offersFor} from './offers.ts'

/** How home talks where nothing may be drawn over. */
export interface Lines {
  say(line: string): void
  /** Null at the end of input. */
  ask(question: string): Promise<string | null>
}

/** Home for screen readers: what was found is numbered, and a number opens it. @throws Interrupted */
export async function tellHome(home: Home, lines: Lines): Promise<void> {
  for (const {line} of await home.look()) lines.say(line.text)
  let found: readonly Seen[] = []
  for (;;) {
    const typed = (await lines.ask(found.length > 0 ? 'Number to open, or search again: ' : 'Search: '))?.trim()
    if (!typed) return
    const chosen = found[Number(typed) - 1]
    if (chosen) await page(home, lines, chosen)
    else found = await search(home, lines, typed)
  }
}

async function search(home: Home, {say}: Lines, typed: string): Promise<readonly Seen[]> {
  const hits = await home.find(typed, new AbortController().signal)
  if (hits.length === 0) say(`Nothing begins with “${typed}”.`)
  for (const [index, hit] of hits.entries()) say(`${index + 1}. ${hitText(hit)}`)
  return hits.map((hit) => ({words: wordsOf(hit), name: hit.name}))
}

function hitText({noun, name, what}: Hit): string {
  return what === null || what === name ? `${noun} ${name}` : `${noun} ${name}, ${what}`
}

async function page(home: Home, lines: Lines, seen: Seen): Promise<void> {
  const {things, recent} = home
  try {
    lines.say(await things.show(seen.words))
  } catch (error) {
    if (!(error instanceof PmError)) throw error
    lines.say(error.message)
    return
  }
  recent.add(seen)
  const offers = await offersFor(seen.words, things)
  for (const [index, {command, summary}] of offers.entries()) lines.say(`${index + 1}. ${command}: ${summary}`)
  const typed = offers.length > 0 ? await lines.ask('Number to do, or nothing to go back: ') : null
  const offer = offers[Number(typed?.trim() || 0) - 1]
  if (!offer) return
  const more = offer.more === undefined ? '' : ((await lines.ask(`${offer.more}: `)) ?? '')
  const rest = more.split(' ').filter(Boolean)
  if (offer.more === undefined || rest.length > 0) await things.run([...offer.line, ...rest])
}
