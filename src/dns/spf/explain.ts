import {isDnsName} from '../domain-name.ts'
import {BadTerm} from './bad-term.ts'
import type {Evaluation} from './evaluation.ts'
import {expandDomain, expandMacros} from './expand-macros.ts'
import {parseMacros} from './parse-macros.ts'
import {textsOf} from './published.ts'
import type {DomainSpec} from './record.ts'
import {Undecided} from './verdict.ts'

/**
 * What a domain says to a sender that fails (RFC 7208 §6.2), or null: where anything is wrong with the text, it is as if
 * there were none.
 */
export async function explain(evaluation: Evaluation, spec: DomainSpec, domain: string): Promise<string | null> {
  try {
    const text = await textAt(evaluation, expandDomain(spec, await evaluation.macros(spec.parts, domain)))
    if (text === null) return null
    const {parts} = parseMacros(text, 0, true)
    return expandMacros(parts, await evaluation.macros(parts, domain))
  } catch (error) {
    if (error instanceof BadTerm || error instanceof Undecided) return null
    throw error
  }
}

async function textAt({lookup}: Evaluation, name: string): Promise<string | null> {
  if (!isDnsName(name)) return null
  const [text, ...more] = textsOf(await lookup(name, 'TXT'))
  return text === undefined || more.length > 0 || /[^\x20-\x7e]/.test(text) ? null : text
}
