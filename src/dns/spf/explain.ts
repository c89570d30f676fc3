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
    const values = evaluation.macros(domain)
    const text = await textAt(evaluation, await expandDomain(spec, values))
    return text === null ? null : await expandMacros(parseMacros(text, 0, true).parts, values)
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
