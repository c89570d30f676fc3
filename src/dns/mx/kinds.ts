import type {FindingKind} from '../finding.ts'

const order = 'RFC 5321 §5.1'

/** What can be wrong with where a domain receives mail. */
export const mxKinds = {
  MX_MISSING: {
    level: 'error',
    title: 'The domain has no MX record',
    why: 'Nobody can answer its mail, bounces go nowhere, and many receivers refuse senders that take no mail.',
    references: [order],
  },
  MX_IMPLICIT: {
    level: 'warning',
    title: 'Mail goes to the address of the domain, for want of an MX record',
    why: 'The old rule still holds, but what has the address is mostly a web server that takes no mail.',
    references: [order],
  },
  MX_NULL: {
    level: 'error',
    title: 'The domain says that it takes no mail',
    why: 'A null MX turns every reply and bounce away, and receivers may refuse mail from such a domain.',
    references: ['RFC 7505 §3', 'RFC 7505 §4.2'],
  },
  MX_NULL_MIXED: {
    level: 'error',
    title: 'A null MX stands beside other MX records',
    why: 'A null MX must be alone. What senders make of the two is undefined.',
    references: ['RFC 7505 §3'],
  },
  MX_NULL_PREFERENCE: {
    level: 'info',
    title: 'A null MX has another preference than 0',
    why: 'It still says that the domain takes no mail, but 0 is how it should be written.',
    references: ['RFC 7505 §3'],
  },
  MX_CNAME: {
    level: 'warning',
    title: 'An MX record names a CNAME',
    why: 'It must name a host with addresses of its own. Some senders refuse to follow it, and mail can loop.',
    references: ['RFC 2181 §10.3', order],
  },
  MX_IP_LITERAL: {
    level: 'error',
    title: 'An MX record has an address for a name',
    why: 'It must name a host. An address is looked up as if it were a name, and nothing is found.',
    references: ['RFC 1035 §3.3.9', order],
  },
  MX_UNRESOLVABLE: {
    level: 'error',
    title: 'An MX record names a host without an address',
    why: 'Senders cannot connect to it. Where no other MX is left, mail is put off and then returned.',
    references: [order],
  },
  MX_DUP: {
    level: 'warning',
    title: 'A host is among the MX records more than once',
    why: 'Senders try the same host again and take longer to give up or go on.',
    references: [order],
  },
  MX_MISMATCH: {
    level: 'error',
    title: 'The MX records are not the expected ones',
    why: 'Replies and bounces go to other servers than those that wait for them.',
    references: [order],
  },
  MX_PRIORITY: {
    level: 'warning',
    title: 'The MX records have another order than expected',
    why: 'Senders try the lowest number first, so mail goes to another server than planned as long as both are up.',
    references: [order],
  },
  MX_ADDRESS: {
    level: 'error',
    title: 'A mail host has another address than expected',
    why: 'Mail for the domain goes to a machine that is not the platform’s.',
    references: [order],
  },
} as const satisfies Readonly<Record<string, FindingKind>>

export type MxCode = keyof typeof mxKinds
