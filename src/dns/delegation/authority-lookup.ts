import type {Absent, Answer, Failed, Lookup, RecordType} from '../answer.ts'
import {aliasLoop, readReply, type Unfinished} from '../resolve/read-reply.ts'
import {badName} from '../resolve/resolver-lookup.ts'
import type {DnsClient} from '../wire/client.ts'
import {queryName} from '../wire/query-name.ts'
import type {Reply} from '../wire/reply.ts'
import type {ServerAddress} from '../wire/server-address.ts'
import {nameAbove} from '../zone-names.ts'
import type {Delegated} from './delegation.ts'
import {referralFrom} from './referral.ts'

/** A server of a zone, and whom to ask about what is not in it. */
export interface AuthoritySource {
  client: DnsClient
  server: ServerAddress
  zone: string
  /** For names in a zone below, which was given to other servers. */
  below: (delegation: Delegated) => Lookup
  /** For where aliases lead out of the zone. */
  beyond: Lookup
}

/**
 * Asks one authority of a zone, not to ask on for us (RD=0); what it says counts only where it is the authority (AA).
 */
export function authorityLookup(source: AuthoritySource): Lookup {
  return (name, type) => ask(source, name, type)
}

function ask<Type extends RecordType>(source: AuthoritySource, text: string, type: Type): Promise<Answer<Type>> {
  const name = queryName(text)
  if (name === undefined) return Promise.resolve(badName(text))
  return source.client.askFor<Answer<Type>>(source.server, {name, type, recursion: false}, (reply) => {
    const referral = referralOf(reply, source.zone, name, type)
    if (referral) return source.below(referral)(name, type)
    const answer = readReply(refuseUnlessAuthority(reply), name, type, source.zone)
    if (answer.outcome !== 'unfinished') return answer
    return type === 'SOA' ? notHere(answer) : followOn(source, answer, name, type)
  })
}

/** Every zone has an SOA of its own: another, that an alias leads to, says nothing of it. */
function notHere({server, transport, ms, aliases, authoritative}: Unfinished): Absent {
  return {outcome: 'absent', rcode: 'NODATA', server, transport, ms, aliases, authoritative, negativeTtl: null}
}

/** What is at the end of the aliases, which lead out of the zone. */
async function followOn<Type extends RecordType>(
  source: AuthoritySource,
  answer: Unfinished,
  name: string,
  type: Type,
): Promise<Answer<Type>> {
  const end = await source.beyond(answer.next, type)
  if (end.outcome === 'failed') return end
  if (end.aliases.some((alias) => alias.name === name)) return aliasLoop(answer, name)
  const {server, transport, ms, authoritative} = answer
  return {...end, server, transport, ms, authoritative, aliases: [...answer.aliases, ...end.aliases]}
}

/** Of a DS the zone above has to know (RFC 4035 §3.1.4.1): whoever refers to the zone that it is about knows nothing. */
function referralOf(reply: Reply | Failed, zone: string, name: string, type: RecordType): Delegated | undefined {
  if (reply.outcome === 'failed') return undefined
  return referralFrom(reply.response, zone, type === 'DS' ? nameAbove(name) : name)
}

/** A server that answers without authority is lame for the zone, whatever it answers. */
function refuseUnlessAuthority(reply: Reply | Failed): Reply | Failed {
  if (reply.outcome === 'failed') return reply
  const {authoritative, recursionAvailable, rcode} = reply.response
  if (authoritative || (rcode !== 'NOERROR' && rcode !== 'NXDOMAIN')) return reply
  const detail = recursionAvailable
    ? 'it answers as a resolver (AA=0, RA=1), unless something on the way answers in its place'
    : 'it answers, but not as an authority (AA=0)'
  const {server, transport, ms} = reply
  return {outcome: 'failed', reason: 'lame', detail, server, transport, ms}
}
