import {globalFlags} from './options.ts'

/** The flags of every command that stand in front of it, as in `pm -c production whoami`, and what comes behind them. */
export function splitLeadingFlags(argv: readonly string[]): {leading: readonly string[]; rest: readonly string[]} {
  let end = 0
  for (let length = wordsOf(argv[0]); length > 0; length = wordsOf(argv[end])) end += length
  return {leading: argv.slice(0, end), rest: argv.slice(end)}
}

/** How many words the global flag takes that this one begins; 0 where it is none. */
function wordsOf(word = ''): number {
  const [, name, char, attached] = word.match(/^(?:--([a-z-]+)|-([a-z]))(.*)$/) ?? []
  const flag = Object.entries(globalFlags).find(([long, {char: short}]) => long === name || (char && short === char))
  if (!flag) return 0
  return flag[1].type === 'option' && attached === '' ? 2 : 1
}
