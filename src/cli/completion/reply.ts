import {replaceUnsafe} from '../../output/sanitize.ts'
import {shellWords} from '../shell-words.ts'
import {type Completion, commonLength} from './candidates.ts'
import type {Candidate} from './known.ts'

/** The shells that completion speaks to. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/**
 * What a shell's script reads: in the first line whether the names of files are wanted, then a line for each candidate.
 * bash puts a candidate on its command line as it is, so it comes quoted; zsh and fish quote themselves, and are told
 * what each is about.
 */
export function reply(shell: Shell, completion: Completion, line: string): string {
  if (completion === 'files') return 'files\n'
  const lines = shell === 'bash' ? forBash(completion, line) : completion.map(described)
  return ['names', ...lines, ''].join('\n')
}

function described({value, about}: Candidate): string {
  return about ? `${value}\t${oneLine(about)}` : value
}

function oneLine(text: string): string {
  return replaceUnsafe(text.replaceAll(/\s+/g, ' '), () => '').slice(0, 100)
}

function forBash(candidates: readonly Candidate[], line: string): string[] {
  const {text, quote, typed} = shellWords(line).last ?? {text: '', quote: '', typed: ''}
  // bash would shorten what was typed to what all of them begin with.
  const exact = candidates.filter(({value}) => value.startsWith(text))
  const offered = candidates.length > 1 && commonLength(candidates) <= text.length ? exact : candidates
  const behind = lengthBehindBreak(typed)
  return offered.flatMap(({value}) => quotedForBash(value, quote)?.slice(behind) ?? [])
}

// For bash a word also begins behind a colon or an equals sign that is not quoted (COMP_WORDBREAKS).
function lengthBehindBreak(typed: string): number {
  return Math.max(typed.lastIndexOf(':'), typed.lastIndexOf('=')) + 1
}

/** A word as bash reads it back, to stand behind the quote that is open; undefined where that cannot be written. */
function quotedForBash(word: string, quote: string): string | undefined {
  if (quote === "'") return word.includes("'") ? undefined : word
  // In double quotes an exclamation mark would still bring back an old command.
  if (quote === '"') return word.includes('!') ? undefined : word.replaceAll(/["\\$`]/g, '\\$&')
  return word.replaceAll(/[^\p{L}\p{N}_@%+,./:=-]/gu, '\\$&')
}
