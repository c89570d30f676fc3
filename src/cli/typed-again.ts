import type * as Interfaces from '@oclif/core/interfaces'

/** A command line as it was parsed, word by word. */
export type Typed = Interfaces.ParserOutput['raw']

/** What was typed of some flags, in the words that say it again. */
export function typedAgain(typed: Typed, flags: Interfaces.FlagInput): string[] {
  return typed.flatMap((token) => {
    const flag = token.type === 'flag' ? flags[token.flag] : undefined
    if (token.type !== 'flag' || !flag) return []
    if (flag.type === 'option') return [`--${token.flag}`, token.input]
    return [token.input.startsWith('--no-') ? token.input : `--${token.flag}`]
  })
}

/** What was typed besides some flags, as it was typed: arguments, and other flags by their names. */
export function typedBeside(typed: Typed, flags: Interfaces.FlagInput): string[] {
  const words = typed.flatMap((token) => {
    if (token.type === 'arg') return [token.input]
    return Object.hasOwn(flags, token.flag) ? [] : [`--${token.flag}`]
  })
  return [...new Set(words)]
}
