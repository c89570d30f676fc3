import type {Board, Entry} from '../output/board.ts'
import type {Cell} from '../output/view.ts'
import type {Hit} from '../queries/find/find.ts'

/** What the screen of `pm` alone shows. */
export interface HomeState {
  place: string
  typed: string
  /** Null while nothing is typed. */
  hits: readonly Hit[] | null
  attention: readonly Entry[]
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
    head: [
      {text: place, tone: 'dim'},
      {text: `Search: ${typed}▏`, tone: 'strong'},
    ],
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

function attentionGroup(attention: readonly Entry[]): Entry[] {
  if (attention.length === 0) return [{line: {text: 'Nothing needs somebody.', tone: 'good'}}]
  const entries = attention.map(({id, line}) => ({line, ...(id === undefined ? {} : {id: idOf(id.split(' '))})}))
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
