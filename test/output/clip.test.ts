import {expect, test} from 'vitest'
import {clip} from '../../src/output/clip.ts'

test.each([
  ['short', 10, 'short'],
  ['too long by far', 8, 'too lon…'],
  ['\u001b[31mred\u001b[39m and plain', 9, '\u001b[31mred\u001b[39m and …'],
  ['\u001b[1mall of it\u001b[22m', 4, '\u001b[1mall…\u001b[22m'],
  ['漢字漢字', 5, '漢字…'],
])('%j in %i columns is %j', (text, columns, shown) => {
  expect(clip(text, columns)).toBe(shown)
})

test.each(['\u001b[2J', '\u001b]0;owned\u0007', '\u009b2J', '\r', '\u202e', '\u001b[?1049l'])(
  'lets no %j through',
  (attack) => {
    expect(clip(`a${attack}b`, 80)).not.toContain(attack)
  },
)
