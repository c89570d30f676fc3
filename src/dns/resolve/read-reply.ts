import type {Absent, Answer, Asked, Failed, FailureReason, RecordType, ResourceRecord} from '../answer.ts'
import type {Reply} from '../wire/reply.ts'
import type {Response} from '../wire/response.ts'
import {isWithin} from '../zone-names.ts'

/** The aliases lead to a name of which the reply says nothing that counts: that name is to be asked for next. */
export interface Unfinished extends Asked {
  outcome: 'unfinished'
  next: string
  aliases: readonly ResourceRecord<'CNAME'>[]
  authoritative: boolean
}

/** As many as resolvers follow. */
export const mostAliases = 16

/**
 * What a reply says of an RRset.
 * @param zone that the server answers for: what it says of names elsewhere does not count (RFC 2181 §5.4.1)
 */
export function readReply<Type extends RecordType>(
  reply: Reply | Failed,
  name: string,
  type: Type,
  zone = '.',
): Answer<Type> | Unfinished {
  if (reply.outcome === 'failed') return reply
  const {response, server, transport, ms} = reply
  const {rcode, answers, authoritative} = response
  if (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN') return refusal(evidence(reply), rcode)
  const aliases = answers.length === 0 ? none : aliasesFrom(answers, name, type, zone)
  if (!aliases) return aliasLoop(evidence(reply), name)
  const owner = aliases.at(-1)?.data ?? name
  if (aliases.length > 0 && !isWithin(owner, zone)) return unfinished(reply, aliases, owner)
  const isAsked = (record: ResourceRecord): record is ResourceRecord<Type> => isOf(record, owner, type)
  // Mostly nothing else is there.
  const records = answers.every(isAsked) ? answers : answers.filter(isAsked)
  if (records.length > 0) return {outcome: 'found', records, aliases, authoritative, server, transport, ms}
  return readEmpty(reply, aliases, owner)
}

/** What a reply says that has no such records: that there are none, or nothing. */
function readEmpty(
  reply: Reply,
  aliases: readonly ResourceRecord<'CNAME'>[],
  owner: string,
): Absent | Failed | Unfinished {
  const negative = soaAbove(reply.response, owner)
  if (reply.response.rcode === 'NXDOMAIN' || negative) return absent(reply, aliases, negative)
  if (aliases.length > 0) return unfinished(reply, aliases, owner)
  return namesOthers(reply.response) ? referred(evidence(reply)) : absent(reply, aliases, undefined)
}

const none: readonly ResourceRecord<'CNAME'>[] = []

/** Nothing is known, because the aliases of a name end nowhere. */
export function aliasLoop(asked: Asked, name: string): Failed {
  return {...asked, outcome: 'failed', reason: 'alias loop', detail: `the aliases of ${name} end nowhere`}
}

/** Whether the server only names others: the servers of some zone, and it is no authority itself. */
function namesOthers({authoritative, authorities}: Response): boolean {
  return !authoritative && authorities.some(({type}) => type === 'NS')
}

/** The CNAMEs from the name onwards, in order, and no further than out of the zone; undefined where they go round. */
function aliasesFrom(
  answers: readonly ResourceRecord[],
  name: string,
  type: RecordType,
  zone: string,
): readonly ResourceRecord<'CNAME'>[] | undefined {
  if (type === 'CNAME') return none
  const aliases: ResourceRecord<'CNAME'>[] = []
  for (let owner = name; ; owner = aliases.at(-1)?.data ?? name) {
    const alias = answers.find((record): record is ResourceRecord<'CNAME'> => isOf(record, owner, 'CNAME'))
    if (!alias) return aliases
    if (aliases.includes(alias) || aliases.length >= mostAliases) return undefined
    aliases.push(alias)
    if (!isWithin(alias.data, zone)) return aliases
  }
}

function isOf(record: ResourceRecord, name: string, type: RecordType): boolean {
  return record.type === type && record.name === name
}

function refusal(asked: Asked, rcode: string): Failed {
  const reason = failureReasons.find((known) => known === rcode) ?? 'rcode'
  return {...asked, outcome: 'failed', reason, detail: `it answered ${rcode}`}
}

const failureReasons: readonly FailureReason[] = ['SERVFAIL', 'REFUSED', 'FORMERR', 'NOTIMP']

function referred(asked: Asked): Failed {
  return {...asked, outcome: 'failed', reason: 'lame', detail: 'it knows only which other servers to ask'}
}

function unfinished(
  {response: {authoritative}, server, transport, ms}: Reply,
  aliases: readonly ResourceRecord<'CNAME'>[],
  next: string,
): Unfinished {
  return {outcome: 'unfinished', next, aliases, authoritative, server, transport, ms}
}

function absent(
  {response: {rcode, authoritative}, server, transport, ms}: Reply,
  aliases: readonly ResourceRecord<'CNAME'>[],
  soa: ResourceRecord<'SOA'> | undefined,
): Absent {
  const negativeTtl = soa ? Math.min(soa.ttl, soa.data.minimum) : null
  return {
    server,
    transport,
    ms,
    outcome: 'absent',
    rcode: rcode === 'NXDOMAIN' ? 'NXDOMAIN' : 'NODATA',
    aliases,
    authoritative,
    negativeTtl,
  }
}

/** The SOA that proves an absence: of a zone that the name is in (RFC 2308 §2). */
function soaAbove({authorities}: Response, name: string): ResourceRecord<'SOA'> | undefined {
  return authorities.find(
    (record): record is ResourceRecord<'SOA'> => record.type === 'SOA' && isWithin(name, record.name),
  )
}

function evidence({server, transport, ms}: Asked): Asked {
  return {server, transport, ms}
}
