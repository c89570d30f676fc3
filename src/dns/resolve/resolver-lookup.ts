import type {Answer, Failed, Lookup, RecordType, ResourceRecord} from '../answer.ts'
import type {DnsClient} from '../wire/client.ts'
import {longestName, queryName} from '../wire/query-name.ts'
import type {ServerAddress} from '../wire/server-address.ts'
import {firstToSay} from './first-to-say.ts'
import {keptLookup} from './kept-lookup.ts'
import {aliasLoop, mostAliases, readReply} from './read-reply.ts'

/** Asks resolvers, the first that can say, for what many domains share: what they said is kept. */
export function resolverLookup(client: DnsClient, resolvers: readonly ServerAddress[]): Lookup {
  const [first = noResolver, ...others] = resolvers.map((server) => keptLookup(lookupAt(client, server)))
  return firstToSay(first, ...others)
}

/** Asks one resolver, and no other. */
export function lookupAt(client: DnsClient, server: ServerAddress): Lookup {
  const resolver = {client, server}
  return (name, type) => {
    const asked = queryName(name)
    return asked === undefined ? Promise.resolve(badName(name)) : ask(resolver, asked, type, [])
  }
}

/** Nothing can be known of what is no name. */
export function badName(name: string): Failed {
  const detail =
    name.length > longestName
      ? `the name has ${name.length} octets, and in DNS none has more than ${longestName}`
      : `“${name}” is not a name that DNS can hold`
  return {outcome: 'failed', reason: 'bad name', detail, server: null, transport: 'udp', ms: 0}
}

const noResolver: Lookup = async () => ({
  outcome: 'failed',
  reason: 'unreachable',
  detail: 'no DNS server is configured',
  server: null,
  transport: 'udp',
  ms: 0,
})

/** A resolver follows aliases itself; one that stops on the way is asked for the rest. */
function ask<Type extends RecordType>(
  resolver: {client: DnsClient; server: ServerAddress},
  name: string,
  type: Type,
  before: readonly ResourceRecord<'CNAME'>[],
): Promise<Answer<Type>> {
  return resolver.client.askFor<Answer<Type>>(resolver.server, {name, type, recursion: true}, (reply) => {
    const answer = readReply(reply, name, type)
    if (answer.outcome === 'failed') return answer
    if (answer.outcome !== 'unfinished' && before.length === 0) return answer
    const aliases = [...before, ...answer.aliases]
    if (answer.outcome !== 'unfinished') return {...answer, aliases}
    if (aliases.length > mostAliases) return aliasLoop(answer, aliases[0]?.name ?? name)
    return ask(resolver, answer.next, type, aliases)
  })
}
