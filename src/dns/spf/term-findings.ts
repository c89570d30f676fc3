import type {Finding} from '../finding.ts'
import {type SpfCode, spfFinding} from './kinds.ts'
import {meantBy} from './meant-term.ts'
import {openTerms} from './open-terms.ts'
import {evidence, type Situation} from './situation.ts'
import type {SpfTree} from './tree.ts'
import {alsoReachedBy, lastRecord, treeNodes} from './tree-nodes.ts'

/** What is unwise: in the terms of the domain's own record, and anything below it that lets everybody send. */
export function termFindings(situation: Situation): Finding[] {
  const {tree} = situation
  const records = treeNodes(tree).map((node) => node.tree)
  return [
    ...openFindings(situation),
    ...policyFindings(situation),
    ...ignoredFindings(situation),
    ...duplicateFindings(situation),
    ...trapFindings(situation),
    ...records.flatMap((record) => ptrFindings(situation, record)),
  ]
}

function openFindings(situation: Situation): Finding[] {
  const origin = situation.tree.domain
  return openTerms(situation.survey).map(({text, domain}) =>
    say(situation, 'SPF_ALL_PASS', domain, `“${text}” in the record of ${domain} lets anybody send as ${origin}.`),
  )
}

function policyFindings(situation: Situation): Finding[] {
  const last = lastRecord(situation.tree)
  if (last === null || last.all === '-' || last.all === '~' || last.all === '+') return []
  const {domain} = last
  if (last.all === '?')
    return [say(situation, 'SPF_ALL_NEUTRAL', domain, `“?all” of ${domain} says nothing of other senders.`)]
  return [
    say(situation, 'SPF_NO_ALL', domain, `The record of ${domain} ends without “all”: other senders are neutral.`),
  ]
}

function ignoredFindings(situation: Situation): Finding[] {
  const {domain, terms} = situation.tree
  const ignored = terms.filter((term) => term.ignored).map(({text}) => text)
  if (ignored.length === 0) return []
  return [
    say(
      situation,
      'SPF_AFTER_ALL',
      domain,
      `“all” leaves these terms of ${domain} without effect: ${ignored.join(' ')}.`,
    ),
  ]
}

function duplicateFindings(situation: Situation): Finding[] {
  const {tree} = situation
  return tree.terms.flatMap((term) => {
    if (term.ignored || term.lookups === 0) return []
    const other = alsoReachedBy(tree, term)
    if (!term.duplicate && other === null) return []
    const why = term.duplicate ? 'stands twice' : `is also reached through ${other?.text}`
    return [say(situation, 'SPF_DUP_INCLUDE', tree.domain, `“${term.text}” in the record of ${tree.domain} ${why}.`)]
  })
}

function trapFindings(situation: Situation): Finding[] {
  const {domain} = situation.tree
  return (situation.survey.root.record?.terms ?? []).flatMap((term) => {
    const meant = meantBy(term)
    if (meant === null) return []
    const message = `“${term.text}” of ${domain} does not do what it seems to; perhaps “${meant}” is meant.`
    return [say(situation, 'SPF_TRAP', domain, message)]
  })
}

/** In a record of somebody else it is only worth knowing. */
function ptrFindings(situation: Situation, {domain, terms}: SpfTree): Finding[] {
  const ptr = terms.find(({name, ignored}) => name === 'ptr' && !ignored)
  if (!ptr) return []
  const finding = say(
    situation,
    'SPF_PTR',
    domain,
    `“${ptr.text}” in the record of ${domain} is slow, and some receivers skip it.`,
  )
  return [domain === situation.tree.domain ? finding : {...finding, level: 'info'}]
}

function say({survey}: Situation, code: SpfCode, domain: string, message: string): Finding {
  return spfFinding(code, domain, message, {live: evidence(survey, domain)})
}
