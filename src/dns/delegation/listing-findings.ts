import type {Finding} from '../finding.ts'
import {makeFinding} from '../make-finding.ts'
import {delegationKinds} from './kinds.ts'
import type {Misled} from './own-hosts.ts'
import type {Zone} from './zone.ts'

/** What is wrong with how the servers of a zone are listed, by the zone above and by itself. */
export function listingFindings(zone: Zone): Finding[] {
  return [
    ...zone.aliased.map((aliased) => aliasFinding(zone, aliased)),
    ...mismatchFinding(zone),
    ...zone.misled.map((misled) => glueFinding(zone, misled)),
  ]
}

function aliasFinding({name}: Zone, {host, alias}: Zone['aliased'][number]): Finding {
  return makeFinding(delegationKinds, 'NS_CNAME', {
    subject: `NS ${host}`,
    name,
    type: 'NS',
    message: `${name} has the name server ${host}, which is an alias (CNAME) of ${alias}. Name ${alias} instead.`,
  })
}

function mismatchFinding({name, parent, listed: {above, itself}}: Zone): Finding[] {
  if (parent === null || itself === null) return []
  const onlyAbove = above.filter((host) => !itself.includes(host))
  const onlyItself = itself.filter((host) => !above.includes(host))
  if (onlyAbove.length + onlyItself.length === 0) return []
  const lists = [
    ...(onlyAbove.length > 0 ? [`only the ${parent} servers list ${onlyAbove.join(', ')}`] : []),
    ...(onlyItself.length > 0 ? [`only the zone itself lists ${onlyItself.join(', ')}`] : []),
  ]
  const message = `The name servers of ${name} differ: ${lists.join('; ')}.`
  return [makeFinding(delegationKinds, 'NS_PARENT_MISMATCH', {subject: 'NS', name, type: 'NS', message})]
}

function glueFinding({name}: Zone, {host, above, itself}: Misled): Finding {
  return makeFinding(delegationKinds, 'NS_GLUE_MISMATCH', {
    subject: `NS ${host}`,
    name,
    type: 'NS',
    message: `${host} is at ${itself.join(', ')}, and the zone above sends to ${above.join(', ')}. Have the glue changed where ${name} is registered.`,
  })
}
