import type {DelegationPath} from '../dns/delegation/path.ts'
import type {Section} from '../output/detail.ts'

const ends: Readonly<Record<DelegationPath['outcome'], string | null>> = {
  delegated: null,
  nonexistent: 'The last of these zones says that there is no such domain.',
  untraceable: 'The servers of the last zone could not be asked.',
  'no name': 'This is no domain name.',
}

/** How a resolver gets to a domain: zone by zone, and each server at the end. */
export function pathSections({zones, outcome, failure, servers}: DelegationPath): Section[] {
  const end = ends[outcome]
  return [
    ...zones.map(({zone, hosts}) => ({
      title: zone === '' ? '. (the root)' : zone,
      lines: hosts.map(({name, glue}) => (glue.length > 0 ? `${name}  ${glue.join(', ')}` : name)),
    })),
    ...(end === null ? [] : [{lines: [{text: end, tone: 'bad' as const}, ...(failure ? [failure.detail] : [])]}]),
    ...(servers.length === 0
      ? []
      : [
          {
            title: 'Its servers, asked just now',
            lines: servers.map(({host, server, authoritative, says, ms}) => ({
              text: `${authoritative ? '✓' : '✗'} ${host} (${server}): ${says}, ${Math.round(ms)} ms`,
              tone: authoritative ? ('good' as const) : ('bad' as const),
            })),
          },
        ]),
  ]
}
