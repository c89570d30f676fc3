import {quote} from '../quote.ts'
import {remembered} from '../remembered.ts'
import {parseTagList, type Tag, type TagList} from '../tag-list.ts'
import {type DkimKey, type KeyType, readKey} from './public-key.ts'
import type {DkimProblem, DkimRecord} from './record.ts'

/** Reads a DKIM key record, and tells everything that is wrong with it. Reads on after an error, as far as it can. */
export const parseDkim = remembered((text: string): DkimRecord => {
  const list = parseTagList(text)
  const tag = (name: string) => list.tags.find((candidate) => candidate.name === name)
  const keyType = (tag('k')?.value ?? 'rsa').toLowerCase()
  const p = tag('p')
  const base64 = p === undefined ? null : p.value.replaceAll(/[ \t\r\n]/g, '')
  const {key, problems} = keyIn(base64, keyType, p)
  const hashes = names(tag('h'))
  const services = names(tag('s')) ?? ['*']
  return {
    text,
    keyType,
    hashes,
    services,
    flags: names(tag('t')) ?? [],
    base64,
    key,
    problems: [...syntaxProblems(list), ...problems, ...restrictions(hashes, services, tag)],
  }
})

/** Whether a TXT record is meant as a DKIM key: it says so, or has a p= of its own. */
export function looksLikeDkim(text: string): boolean {
  return /^\s*v\s*=\s*DKIM/i.test(text) || /(^|;)\s*p\s*=/i.test(text)
}

/** The kinds of key there are (RFC 6376 §3.6.1, RFC 8463 §4.1). */
export function isKeyType(type: string): type is KeyType {
  return type === 'rsa' || type === 'ed25519'
}

function names(tag: Tag | undefined): string[] | null {
  if (tag === undefined) return null
  return tag.value.split(':').map((name) => name.trim().toLowerCase())
}

function syntaxProblems({tags, problems}: TagList): DkimProblem[] {
  const found: DkimProblem[] = problems.map(({at, reason}) => ({code: 'DKIM_SYNTAX', at, reason}))
  const v = tags.findIndex(({name}) => name === 'v')
  const version = tags[v]
  if (version && version.value !== 'DKIM1') {
    const reason = `The version is ${quote(version.value)}, and only “DKIM1” is one.`
    found.push({code: 'DKIM_SYNTAX', at: version.valueAt, reason})
  }
  if (version && v > 0) {
    found.push({code: 'DKIM_SYNTAX', at: version.at, reason: 'v= must be the first tag where it is there at all.'})
  }
  return found
}

/** What h= and s= forbid. Other algorithms and services besides the right one are no harm. */
function restrictions(
  hashes: readonly string[] | null,
  services: readonly string[],
  tag: (name: string) => Tag | undefined,
): DkimProblem[] {
  const found: DkimProblem[] = []
  if (hashes && !hashes.includes('sha256')) {
    const reason = `h=${tag('h')?.value ?? ''} leaves out sha256.`
    found.push({code: 'DKIM_BAD_HASH', at: tag('h')?.valueAt ?? null, reason})
  }
  if (!services.includes('*') && !services.includes('email')) {
    const reason = `s=${tag('s')?.value ?? ''} leaves out email.`
    found.push({code: 'DKIM_BAD_SERVICE', at: tag('s')?.valueAt ?? null, reason})
  }
  return found
}

interface KeyReading {
  key: DkimKey | null
  problems: DkimProblem[]
}

function keyIn(base64: string | null, keyType: string, p: Tag | undefined): KeyReading {
  if (base64 === null || p === undefined) return noKey('DKIM_SYNTAX', null, 'p=, the key, is missing.')
  if (base64 === '') return noKey('DKIM_REVOKED', p.valueAt, 'p= is empty: the key is revoked.')
  if (!isKeyType(keyType)) {
    return noKey('DKIM_BAD_K', null, `k=${keyType} is no kind of key that receivers know; it is rsa or ed25519.`)
  }
  const bad = whyNotBase64(base64, p)
  if (bad) return noKey('DKIM_BAD_KEY', bad.at, bad.reason)
  const key = readKey(Buffer.from(base64, 'base64'), keyType)
  if (!('problem' in key)) return {key, problems: []}
  const code = {
    bad: 'DKIM_BAD_KEY',
    private: 'DKIM_PRIVATE_KEY',
    truncated: 'DKIM_KEY_TRUNCATED',
    'wrong type': 'DKIM_BAD_K',
  } as const
  const said = key.problem === 'wrong type' ? `The record says k=${keyType}, but ` : 'p= is no key: '
  return noKey(code[key.problem], p.valueAt, `${said}${key.reason}.`)
}

function noKey(code: DkimProblem['code'], at: number | null, reason: string): KeyReading {
  return {key: null, problems: [{code, at, reason}]}
}

function whyNotBase64(base64: string, {value, valueAt}: Tag): {at: number; reason: string} | null {
  const odd = /[^a-z0-9+/= \t\r\n]/i.exec(value)
  if (odd) return {at: valueAt + odd.index, reason: `p= has a ${quote(odd[0])}, which base64 has not.${advice(odd[0])}`}
  const body = base64.replace(/={1,2}$/, '')
  const padding = body.indexOf('=')
  if (padding !== -1) return {at: valueAt + value.indexOf('='), reason: 'p= goes on after the “=” that ends base64.'}
  if (body.length % 4 === 1)
    return {at: valueAt, reason: `p= is ${body.length} characters of base64: one is missing or too many.`}
  return null
}

function advice(character: string): string {
  if (character === '"' || character === '\\') return ' The quotes around the strings were typed into the value.'
  if (character === '-' || character === '_') return ' It may be base64url, or the “-----BEGIN” line of a file.'
  return ''
}
