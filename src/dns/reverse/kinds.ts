import type {FindingKind} from '../finding.ts'

/** What can be wrong with the name of an address. */
export const reverseKinds = {
  IP_PTR_MISSING: {
    level: 'error',
    title: 'The address has no name',
    why: 'Large receivers refuse mail from addresses without reverse DNS.',
    references: ['RFC 1912 §2.1', 'RFC 5321 §4.1.4'],
  },
  IP_FCRDNS_FAIL: {
    level: 'error',
    title: 'The name of the address does not lead back to it',
    why: 'Anybody can give an address any name. Only one that leads back counts, and many receivers refuse mail without.',
    references: ['RFC 1912 §2.1', 'RFC 8601 §3'],
  },
  IP_PTR_HELO: {
    level: 'warning',
    title: 'The name of the address is not the one it says HELO with',
    why: 'Receivers compare the two, and rate mail down where they differ.',
    references: ['RFC 5321 §4.1.1.1'],
  },
  IP_HELO_ADDRESS: {
    level: 'error',
    title: 'The HELO name does not have the address',
    why: 'The name a server says HELO with must be its own; receivers that check it refuse mail.',
    references: ['RFC 5321 §4.1.1.1', 'RFC 7208 §2.3'],
  },
  IP_PTR_GENERIC: {
    level: 'warning',
    title: 'The name of the address looks generated',
    why: 'A name with the address in it is what dial-up lines and fresh servers have; many receivers refuse mail from those.',
    references: ['RFC 5321 §4.1.4'],
  },
} as const satisfies Readonly<Record<string, FindingKind>>

export type ReverseCode = keyof typeof reverseKinds
