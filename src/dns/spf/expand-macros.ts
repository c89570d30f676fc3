import type {DomainSpec, Macro, MacroString} from './record.ts'

/** The value of a macro letter, as it is before it is cut and turned around. */
export type MacroValue = (letter: Macro['letter']) => string

/** The text a macro-string stands for (RFC 7208 §7.3). */
export function expandMacros(parts: MacroString, value: MacroValue): string {
  return parts.map((part) => (typeof part === 'string' ? part : transformed(value(part.letter), part))).join('')
}

/** The name a domain-spec stands for, without the last dot; of one that is too long, the right-hand labels that fit in 253 bytes. */
export function expandDomain({parts}: DomainSpec, value: MacroValue): string {
  const name = expandMacros(parts, value).replace(/\.$/, '')
  if (name.length <= 253) return name
  const dot = name.indexOf('.', name.length - 254)
  return dot === -1 ? name : name.slice(dot + 1)
}

function transformed(text: string, {delimiters, reversed, keep, encoded}: Macro): string {
  const pieces = split(text, delimiters)
  if (reversed) pieces.reverse()
  const kept = (keep === null ? pieces : pieces.slice(-keep)).join('.')
  return encoded ? percentEncoded(kept) : kept
}

function split(text: string, delimiters: string): string[] {
  const pieces = ['']
  for (const character of text) {
    if (delimiters.includes(character)) pieces.push('')
    else pieces.push(`${pieces.pop()}${character}`)
  }
  return pieces
}

/** Everything but the unreserved characters of RFC 3986 §2.3. */
function percentEncoded(text: string): string {
  const rest = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(text.toWellFormed()).replaceAll(/[!'()*]/g, rest)
}
