import {domainToASCII} from 'node:url'

/** How long a name can be as text, without the last dot: 255 octets on the wire (RFC 1035 §2.3.4). */
export const longestName = 253

/**
 * A name as it is asked for: lower-case, without the last dot, Unicode labels as A-labels (RFC 5890). Other characters
 * stay as they are, for SPF macros make names of anything. Undefined where DNS has no such name: an empty label, one
 * over 63 bytes, or over 253 in all (RFC 1035 §2.3.4). Control characters are refused too: no name has them for honest
 * reasons.
 */
export function queryName(text: string): string | undefined {
  if (isPlainName(text)) return text
  if (/[\0-\x1f\x7f]/.test(text)) return undefined
  const labels = text.replace(/[.。．｡]$/u, '').split(/[.。．｡]/u)
  const ascii = labels.map(asciiLabel)
  const name = ascii.join('.')
  if (name === '') return text === '.' ? '.' : undefined
  return name.length <= longestName && ascii.every(({length}) => length > 0 && length <= 63) ? name : undefined
}

/** Whether a name is already what nearly every name is: labels of `a` to `z`, digits, `-` and `_`. */
export function isPlainName(text: string): boolean {
  if (text.length > longestName) return false
  let length = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === dot && length === 0) return false
    if (code !== dot && (plain[code] !== 1 || length === 63)) return false
    length = code === dot ? 0 : length + 1
  }
  return length > 0
}

const dot = 0x2e
const plain = new Uint8Array(0x80)
for (const character of 'abcdefghijklmnopqrstuvwxyz0123456789-_') plain[character.charCodeAt(0)] = 1

// Only where it must: the function takes `1.2.3.4` and `0x7f.1` for addresses and refuses `%` and spaces.
function asciiLabel(label: string): string {
  if (!/[^\0-\x7f]/.test(label)) return label.toLowerCase()
  const ascii = domainToASCII(label)
  return ascii.includes('.') ? '' : ascii
}
