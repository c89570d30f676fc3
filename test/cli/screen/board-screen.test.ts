import {expect, test} from 'vitest'
import {BoardScreen} from '../../../src/cli/screen/board-screen.ts'
import type {Board} from '../../../src/output/board.ts'
import {paintedSection} from '../../../src/output/detail.ts'
import type {Style} from '../../../src/output/style.ts'

const style: Style = {color: false, header: true, links: false, clock: {now: new Date(0), zone: 'iso'}, width: 20}
const size = {columns: 20, rows: 7}
const lines = Array.from({length: 30}, (_, index) => `line ${index + 1}`)
const detail = [paintedSection(`${lines.join('\n')}\n`)]
const entries = lines.map((line) => ({id: line, line: {text: line}}))

function screenOf(board: Pick<Board, 'entries' | 'detail'>): BoardScreen {
  return new BoardScreen(
    {
      keys: {},
      board: () => ({head: [{text: 'head'}], notice: null, keys: ['q back'], ...board}),
    },
    () => style,
  )
}

/** What is between head and foot after each of the keys, without marks. */
async function after(screen: BoardScreen, ...keys: string[]): Promise<string[]> {
  await screen.draw(size)
  for (const name of keys) screen.press({name, text: ''})
  const drawn = await screen.draw(size)
  return drawn.slice(2, -2).map((line) => line.replaceAll(/ +[↑↓]$/g, ''))
}

test('what has nothing to choose is scrolled by line, by page, to its end and no further', async () => {
  const screen = screenOf({entries: [], detail})
  expect(await after(screen)).toEqual(['line 1', 'line 2', 'line 3'])
  expect(await after(screen, 'down')).toEqual(['line 2', 'line 3', 'line 4'])
  expect(await after(screen, 'pagedown')).toEqual(['line 12', 'line 13', 'line 14'])
  expect(await after(screen, 'pagedown', 'pagedown', 'pagedown', 'end')).toEqual(['line 28', 'line 29', 'line 30'])
  expect(await after(screen, 'up')).toEqual(['line 27', 'line 28', 'line 29'])
  expect(await after(screen, 'home')).toEqual(['line 1', 'line 2', 'line 3'])
})

test('a list with nothing beside it goes by page, too', async () => {
  const screen = screenOf({entries, detail: []})
  expect(await after(screen, 'pagedown')).toEqual(['  line 10', '❯ line 11', '  line 12'])
  expect(await after(screen, 'pagedown', 'pagedown', 'pagedown')).toEqual(['  line 28', '  line 29', '❯ line 30'])
  expect(await after(screen, 'pageup')).toEqual(['  line 19', '❯ line 20', '  line 21'])
})
