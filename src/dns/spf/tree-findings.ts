import type {Finding} from '../finding.ts'
import {maxLookups, maxVoids} from './evaluation.ts'
import {spfFinding} from './kinds.ts'
import {maxMxHosts} from './match-mechanism.ts'
import {markedLine} from './record-findings.ts'
import {evidence, type Situation} from './situation.ts'
import type {SpfTree, SpfTreeTerm} from './tree.ts'
import {removableTerms, type TreeNode, treeNodes} from './tree-nodes.ts'

/** What is wrong with the records of the tree, each by itself and all together. */
export function treeFindings(situation: Situation): Finding[] {
  const nodes = treeNodes(situation.tree)
  return [...nodes.flatMap((node) => nodeFindings(situation, node)), ...limitFindings(situation)]
}

function nodeFindings(situation: Situation, node: TreeNode): Finding[] {
  const {tree} = node
  const about = () => ({live: evidence(situation.survey, tree.domain)})
  const syntax = tree.problems.map((problem) => {
    const meant = problem.instead === null ? '' : ` Perhaps “${problem.instead}” is meant.`
    const message = `Bad SPF term at position ${problem.at + 1} of the record of ${tree.domain}: ${markedLine(problem)}. ${problem.reason}${meant}`
    return spfFinding('SPF_SYNTAX', tree.domain, message, about())
  })
  const hosts = tree.terms.flatMap((term) => hostFindings(tree, term))
  return [...linkFindings(node, about), ...syntax, ...hosts]
}

/** What is wrong with the way from one record to another. */
function linkFindings({tree, via}: TreeNode, about: () => Pick<Finding, 'live'>): Finding[] {
  if (via === null) return []
  const term = `“${via.term.text}” in the record of ${via.domain}`
  switch (tree.status) {
    case 'missing':
      return [
        spfFinding(
          'SPF_INCLUDE_MISSING',
          via.domain,
          `${term} leads to no SPF record; receivers return permerror.`,
          about(),
        ),
      ]
    case 'multiple': {
      const message = `${term} leads to ${tree.records.length} SPF records at ${tree.domain}; receivers return permerror.`
      return [spfFinding('SPF_MULTIPLE', tree.domain, message, about())]
    }
    case 'loop':
      return [
        spfFinding('SPF_LOOP', via.domain, `SPF goes round: ${tree.chain?.join(' -> ')}; receivers return permerror.`),
      ]
    case 'unknown':
      return [spfFinding('SPF_UNKNOWN', tree.domain, `${term} could not be followed: ${tree.reason}.`, about())]
    case 'dynamic':
      return [
        spfFinding(
          'SPF_DYNAMIC',
          via.domain,
          `${term} is another name for every message; what is below it is not counted.`,
        ),
      ]
    default:
      return []
  }
}

function hostFindings({domain}: SpfTree, {text, mx_hosts: hosts, unknown, name}: SpfTreeTerm): Finding[] {
  const term = `“${text}” in the record of ${domain}`
  if (unknown !== null) {
    return [spfFinding('SPF_UNKNOWN', domain, `What ${term} finds could not be asked for: ${unknown}.`)]
  }
  if (name === 'mx' && hosts !== null && hosts > maxMxHosts) {
    const message = `${term} finds ${hosts} MX hosts; more than ${maxMxHosts} are a permerror.`
    return [spfFinding('SPF_TOO_MANY_MX', domain, message)]
  }
  return []
}

function limitFindings({tree, survey}: Situation): Finding[] {
  const about = () => ({live: evidence(survey, tree.domain)})
  const findings: Finding[] = []
  if (tree.lookups > maxLookups) {
    const message = [
      `SPF of ${tree.domain} needs ${tree.lookups} look-ups; ${maxLookups} are allowed.`,
      ...savings(tree),
    ].join(' ')
    findings.push(spfFinding('SPF_TOO_MANY_LOOKUPS', tree.domain, message, about()))
  }
  const {ipv4, ipv6} = tree.voids
  if (ipv4 > maxVoids) {
    findings.push(spfFinding('SPF_TOO_MANY_VOID', tree.domain, voidMessage(tree, ipv4, 'ipv4', ''), about()))
  } else if (ipv6 > maxVoids) {
    const message = voidMessage(tree, ipv6, 'ipv6', ' for a sender with an IPv6 address')
    findings.push(spfFinding('SPF_TOO_MANY_VOID', tree.domain, message, {...about(), level: 'warning'}))
  }
  return findings
}

function savings(tree: SpfTree): string[] {
  const costly = tree.terms.filter(({lookups}) => lookups > 1).sort((a, b) => b.lookups - a.lookups)
  const costliest = costly.slice(0, 3).map(({text, lookups}) => `${text} = ${lookups}`)
  const asking = removableTerms(tree).filter(({term}) => term.lookups > 0)
  const removable = asking.map(({term, why}) => `${term.text} (${why.replace(/\.$/, '')})`)
  return [
    ...(costliest.length > 0 ? [`Costliest: ${costliest.join(', ')}.`] : []),
    ...(removable.length > 0 ? [`Removable: ${removable.join(', ')}.`] : []),
  ]
}

function voidMessage(tree: SpfTree, count: number, family: 'ipv4' | 'ipv6', who: string): string {
  const terms = treeNodes(tree).flatMap((node) => node.tree.terms)
  const empty = terms.filter(({below, voids}) => below === null && voids[family] > 0).map(({text}) => text)
  const named = empty.slice(0, 5).join(', ')
  return `SPF of ${tree.domain} asks ${count} questions that find nothing${who}; ${maxVoids} are allowed: ${named}.`
}
