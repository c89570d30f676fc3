import type {DescribedFlag, DescribedFlags} from './described.ts'

/** A word of a command line that is no flag, and which word of it. */
interface Positional {
  word: string
  index: number
}

/** What the words of a command line are, as far as can be told without judging them. */
export interface TypedWords {
  positionals: readonly Positional[]
  /** The flags that were given, with their values. */
  flags: ReadonlyMap<string, readonly string[]>
  /** The flag whose value comes next. */
  awaiting: string | undefined
  /** Whether `--` was there: what comes next is no flag. */
  isLiteral: boolean
}

/** Reads the words behind a command's name as oclif does, and as far as they go: the last may be anything. */
export function readWords(words: readonly string[], flags: DescribedFlags): TypedWords {
  const positionals: Positional[] = []
  const given = new Map<string, string[]>()
  let awaiting: string | undefined
  let isLiteral = false
  for (const [index, word] of words.entries()) {
    if (awaiting !== undefined) {
      given.get(awaiting)?.push(word)
      awaiting = undefined
    } else if (!isLiteral && word === '--') isLiteral = true
    else if (isLiteral || !word.startsWith('-') || word === '-') positionals.push({word, index})
    else awaiting = take(word, flags, given)
  }
  return {positionals, flags: given, awaiting, isLiteral}
}

/** Notes the flags that a word gives; returns the one whose value is the next word. */
function take(word: string, flags: DescribedFlags, given: Map<string, string[]>): string | undefined {
  const {names, value} = flagsIn(word, flags)
  for (const name of names) given.set(name, given.get(name) ?? [])
  const last = names.at(-1)
  if (last === undefined || flags[last]?.type !== 'option') return undefined
  if (value === undefined) return last
  given.get(last)?.push(value)
  return undefined
}

/** The flags that a word such as `--all`, `--no-all`, `--to=x`, `-y`, `-yq` or `-ojson` gives. */
function flagsIn(word: string, flags: DescribedFlags): {names: string[]; value?: string} {
  const [, long, value] = word.match(/^--([^=]+)(?:=(.*))?$/s) ?? []
  if (long !== undefined) {
    const negated = long.startsWith('no-') && flags[long.slice(3)]?.allowNo ? long.slice(3) : long
    return {names: [negated], ...(value === undefined ? {} : {value})}
  }
  return lettersIn(word.slice(1), flags)
}

function lettersIn(letters: string, flags: DescribedFlags): {names: string[]; value?: string} {
  const names: string[] = []
  for (const [index, letter] of [...letters].entries()) {
    const found = Object.entries(flags).find(([, {char}]) => char === letter)
    if (!found) break
    names.push(found[0])
    const rest = letters.slice(index + 1).replace(/^=/, '')
    if (isOption(found[1])) return {names, ...(rest === '' ? {} : {value: rest})}
  }
  return {names}
}

function isOption({type}: DescribedFlag): boolean {
  return type === 'option'
}
