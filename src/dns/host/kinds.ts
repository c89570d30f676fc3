import type {FindingKind} from '../finding.ts'

/** What can be wrong with the addresses of a host. */
export const hostKinds = {
  HOST_ADDRESS_MISSING: {
    level: 'error',
    title: 'A host does not have its address',
    why: 'Who looks the host up is sent elsewhere, or nowhere.',
    references: ['RFC 1035 §3.4.1', 'RFC 3596 §2.1'],
  },
  HOST_ADDRESS_EXTRA: {
    level: 'warning',
    title: 'A host has an address that is not expected',
    why: 'A part of the connections goes to an address nobody has planned for.',
    references: ['RFC 1035 §3.4.1', 'RFC 3596 §2.1'],
  },
  HOST_ALIAS_DIFFERS: {
    level: 'error',
    title: 'A CNAME leads elsewhere',
    why: 'Whoever owns the other name decides what is found there.',
    references: ['RFC 1034 §3.6.2'],
  },
  HOST_ALIAS_CONTENT: {
    level: 'info',
    title: 'A name has the addresses of its target, without a CNAME',
    why: 'Some providers answer with what the target has now. When the target moves, this name may stay behind.',
    references: ['RFC 1034 §3.6.2'],
  },
  HOST_ALIAS_DANGLING: {
    level: 'error',
    title: 'A CNAME leads to a name that has nothing',
    why: 'Nothing is found there, and whoever registers the target can answer for this name.',
    references: ['RFC 1034 §3.6.2'],
  },
} as const satisfies Readonly<Record<string, FindingKind>>

export type HostCode = keyof typeof hostKinds
