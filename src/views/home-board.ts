import type {Board, Entry} from '../output/board.ts'
import type {Cell} from '../output/view.ts'
import type {Hit} from '../queries/find/find.ts'

/** What the screen of `pm` alone shows. */
export interface HomeState {
  place: Cell
  typed: string
  /** Null while nothing is typed. */
  hits: readonly Hit[] | null
  /** What needs somebody: null where the operator may not see it, its entries null until they are known. */
  attention: {entries: readonly Entry[] | null} | null
  /** What was looked at last: the commands that show it, and what it is called. */
  recent: readonly {words: readonly string[]; name: string}[]
  notice: Cell | null
}

/** The words of a hit's command: what stands behind the verb is one name, whatever is in it. */
export function wordsOf({show}: Pick<Hit, 'show'>): string[] {
  const [, command = '', name = ''] = show.match(/^pm (.*? (?:show|get)) (.*)$/s) ?? []
  return [...command.split(' '), name]
}

// No word of a command line can hold it.
const between = '\u0000'

/** The id of an entry that a command shows. */
export function idOf(words: readonly string[]): string {
  return words.join(between)
}

/** The words of the command that shows the entry with this id. */
export function wordsAt(id: string): string[] {
  return id.split(between)
}

/** One box to search everything; below it what was found, or what needs somebody and what was looked at last. */
export function homeBoard({place, typed, hits, attention, recent, notice}: HomeState): Board {
  return {
    head: [place, {text: `Search: ${typed}▏`, tone: 'strong'}],
    entries: hits ? hits.map(hitEntry) : [...attentionGroup(attention), ...recentGroup(recent)],
    detail: [],
    notice,
    keys: ['type to search', '↑↓ choose', 'Enter open', 'Esc quit'],
  }
}

function hitEntry(hit: Hit): Entry {
  const {noun, name, what} = hit
  return {
    id: idOf(wordsOf(hit)),
    line: {text: `${noun.padEnd(12)} ${name}${what === null || what === name ? '' : `  ${what}`}`},
  }
}

function attentionGroup(attention: HomeState['attention']): Entry[] {
  if (!attention) return [{line: {text: 'What needs somebody is told to who may read IPs (ip.read).', tone: 'dim'}}]
  if (!attention.entries) return [{line: {text: 'Looking for what needs somebody …', tone: 'dim'}}]
  if (attention.entries.length === 0) return [{line: {text: 'Nothing needs somebody.', tone: 'good'}}]
  const entries = attention.entries.map(({id, line}) => ({
    line,
    ...(id === undefined ? {} : {id: idOf(id.split(' '))}),
  }))
  return [{line: {text: 'Needs somebody', tone: 'dim'}}, ...entries]
}

function recentGroup(recent: HomeState['recent']): Entry[] {
  if (recent.length === 0) return []
  const entries = recent.map(({words, name}) => ({
    id: idOf(words),
    line: {text: `${(words[0] ?? '').padEnd(12)} ${name}`},
  }))
  return [{line: {text: ''}}, {line: {text: 'Looked at last', tone: 'dim'}}, ...entries]
}

/** What is said where a search finds nothing. */
export function nothingFound(typed: string): string {
  return `Nothing that you may see begins with “${typed}”.`
}
