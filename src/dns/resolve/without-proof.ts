import type {Lookup} from '../answer.ts'

/**
 * Asks resolvers about names whose authorities cannot be asked. What they have was published; but that they have nothing
 * is no proof that there is nothing: they may be cut off from the world, or remember old times.
 */
export function withoutProof(lookup: Lookup): Lookup {
  return async (name, type) => {
    const answer = await lookup(name, type)
    if (answer.outcome !== 'absent') return answer
    const {rcode, server, transport, ms} = answer
    const detail = `${server ?? 'a resolver'} says ${rcode}, which proves nothing while no name server of the zone can be asked`
    return {outcome: 'failed', reason: 'no proof', detail, server, transport, ms}
  }
}
