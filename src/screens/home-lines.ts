import type {Seen} from '../cli/recent.ts'
import type {Hit} from '../queries/find/find.ts'
import {Interrupted, PmError} from '../rules/errors.ts'
import {nothingFound, wordsOf} from '../views/home-board.ts'
import type {Home} from './home.ts'
import {pageOf} from './listing.ts'
import {offersFor} from './offers.ts'
import {lineOf} from './thing.ts'

/** How home talks where nothing may be drawn over. */
export interface Lines {
  say(line: string): void
  /** Null at the end of input. */
  ask(question: string): Promise<string | null>
}

/** Home for screen readers: what was found is numbered, and a number opens it. @throws Interrupted */
export async function tellHome(home: Home, lines: Lines): Promise<void> {
  lines.say(`${home.place.text}. An empty line leaves.`)
  let found = await needed(home, lines)
  for (;;) {
    const typed = (await lines.ask(found.length > 0 ? 'Number to open, or search: ' : 'Search: '))?.trim()
    if (!typed) return
    const chosen = found[Number(typed) - 1]
    if (chosen) await open(home, lines, chosen)
    else found = await search(home, lines, typed)
  }
}

/** What needs somebody, and what was looked at last: numbered, as a number opens it. */
async function needed(home: Home, {say}: Lines): Promise<readonly Seen[]> {
  const entries = (await home.look?.()) ?? []
  if (home.look && entries.length === 0) say('Nothing needs somebody.')
  const attention = entries.map(({id = '', line}) => ({words: id.split(' '), name: line.text}))
  const seen = [...attention, ...home.recent.list()]
  for (const [index, {words, name}] of seen.entries())
    say(`${index + 1}. ${index < attention.length ? name : `${words[0]} ${name}, looked at last`}`)
  return seen
}

async function search(home: Home, {say}: Lines, typed: string): Promise<readonly Seen[]> {
  return told(say, async () => {
    const hits = await home.find(typed, new AbortController().signal)
    if (hits.length === 0) say(nothingFound(typed))
    for (const [index, hit] of hits.entries()) say(`${index + 1}. ${hitText(hit)}`)
    return hits.map((hit) => ({words: wordsOf(hit), name: hit.name}))
  })
}

async function open(home: Home, lines: Lines, seen: Seen): Promise<void> {
  lines.say(`$ ${lineOf(seen.words)}`)
  await told(lines.say, async () => {
    await (seen.words[1] === 'list' ? listing : page)(home, lines, seen)
    return []
  })
}

// What fails now may work again in a moment.
async function told<T>(say: Lines['say'], work: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof PmError) || error instanceof Interrupted) throw error
    say(error.message)
    return []
  }
}

function hitText({noun, name, what}: Hit): string {
  return what === null || what === name ? `${noun} ${name}` : `${noun} ${name}, ${what}`
}

/** A list, whose rows are numbered, too. */
async function listing(home: Home, lines: Lines, {words}: Seen): Promise<void> {
  const {head, rows, said} = await home.things.rows(words)
  lines.say(head)
  for (const [index, {line}] of rows.entries()) lines.say(`${index + 1}. ${line}`)
  for (const line of said) lines.say(line)
  const typed = rows.length > 0 ? await lines.ask('Number to open, or nothing to go back: ') : null
  const row = rows[Number(typed?.trim() || 0) - 1]
  if (row) await page(home, lines, {words: pageOf(words, row.name), name: row.name})
}

async function page(home: Home, lines: Lines, seen: Seen): Promise<void> {
  const {things, recent} = home
  lines.say(await things.show(seen.words))
  recent.add(seen)
  const offers = await offersFor(seen.words, things)
  for (const [index, {command, summary}] of offers.entries()) lines.say(`${index + 1}. ${command}: ${summary}`)
  const typed = offers.length > 0 ? await lines.ask('Number to do, or nothing to go back: ') : null
  const offer = offers[Number(typed?.trim() || 0) - 1]
  if (offer) await things.run(offer.line)
}
