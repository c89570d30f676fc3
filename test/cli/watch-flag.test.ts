import {expect, test} from 'vitest'
import {takeWatch} from '../../src/cli/watch-flag.ts'

test.each([
  {argv: [], words: [], seconds: undefined},
  {argv: ['--listed'], words: ['--listed'], seconds: undefined},
  {argv: ['--watch'], words: [], seconds: 2},
  {argv: ['--watch', '5'], words: [], seconds: 5},
  {argv: ['--watch=10', '7'], words: ['7'], seconds: 10},
  {argv: ['7', '--watch'], words: ['7'], seconds: 2},
  {argv: ['--watch', '--listed'], words: ['--listed'], seconds: 2},
  {argv: ['--watch', 'acme'], words: ['acme'], seconds: 2},
  {argv: ['--', '--watch'], words: ['--', '--watch'], seconds: undefined},
  {argv: ['--watch=0'], words: ['--watch=0'], seconds: undefined},
  {argv: ['--watch', '0', '--listed'], words: ['--watch=0', '--listed'], seconds: undefined},
  {argv: ['--watch', '-1'], words: ['--watch=-1'], seconds: undefined},
  {argv: ['--watch', '1e9'], words: ['--watch=1e9'], seconds: undefined},
  {argv: ['--watch', '10000'], words: ['--watch=10000'], seconds: undefined},
  {argv: ['--watch', '0.5'], words: ['--watch=0.5'], seconds: undefined},
  {argv: ['--watch', '192.0.2.1'], words: ['192.0.2.1'], seconds: 2},
  {argv: ['--watch=soon'], words: ['--watch=soon'], seconds: undefined},
])('$argv is run every $seconds s as $words', ({argv, words, seconds}) => {
  expect(takeWatch(argv)).toEqual({words, seconds})
})
