import type {Lookup} from '../answer.ts'
import {parseIp, unmapIp4} from '../ip-bytes.ts'
import {liveAnswer, textOf} from '../live-answer.ts'
import type {Checked} from '../report.ts'
import {blocklistFinding} from './finding-of.ts'
import {type Unhealthy, whyUnhealthy} from './health.ts'
import {type Blocklist, blocklists} from './lists.ts'
import {checkedKey, questionName, zoneOf} from './question.ts'
import {readAnswer} from './read-answer.ts'
import type {ListResult} from './result.ts'

export interface BlocklistOptions {
  lists?: readonly Blocklist[]
  /** The key for Spamhaus's Data Query Service. A secret: it is in no finding and no result. */
  dqsKey?: string | null
}

export interface BlocklistFacts {
  /** The address or domain. */
  target: string
  /** One for each list that knows such targets. */
  results: readonly ListResult[]
}

/**
 * Makes a check of addresses and domains against blocklists. Each list is first put to the test, once however much is
 * checked; what a list that fails it would say is not asked for.
 * @throws UsageError when the key is none
 */
export function blocklistCheck(
  lookup: Lookup,
  {lists = blocklists, dqsKey = null}: BlocklistOptions = {},
): (target: string) => Promise<Checked<BlocklistFacts>> {
  const key = checkedKey(dqsKey)
  const ask = (list: Blocklist, entry: string) => lookup(questionName(entry, zoneOf(list, key)), 'A')
  const health = new Map<Blocklist, Promise<Unhealthy | null>>()

  const asked = async (list: Blocklist, target: string): Promise<ListResult> => {
    const test = health.get(list) ?? whyUnhealthy(list, (entry) => ask(list, entry))
    health.set(list, test)
    const unhealthy = await test
    if (unhealthy) return {list, outcome: unhealthy.outcome, text: unhealthy.notice, live: liveAnswer(unhealthy.answer)}
    const answer = await ask(list, target)
    const outcome = readAnswer(list, answer)
    const name = questionName(target, zoneOf(list, key))
    const text = outcome.status === 'listed' ? await reasonAt(lookup, name, key) : null
    return {list, outcome, text, live: liveAnswer(answer)}
  }

  return async (target) => {
    const results = await Promise.all(lists.filter((list) => knows(list, target)).map((list) => asked(list, target)))
    const findings = results.flatMap((result) => blocklistFinding(target, result, key !== null) ?? [])
    return {findings, facts: {target, results}}
  }
}

function knows({lists, ipv6}: Blocklist, target: string): boolean {
  const bytes = parseIp(target)
  if (bytes === null) return lists === 'domain'
  return lists === 'ip' && (ipv6 || unmapIp4(bytes).length === 4)
}

/** Why something is listed, as the list has it in TXT beside the entry; without the key, should it be in there. */
async function reasonAt(lookup: Lookup, name: string, key: string | null): Promise<string | null> {
  const answer = await lookup(name, 'TXT')
  if (answer.outcome !== 'found') return null
  const text = answer.records.map(({data}) => textOf(data)).join(' ')
  return key === null ? text : text.replaceAll(new RegExp(key, 'gi'), '…')
}
