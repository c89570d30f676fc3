import type {FindingKind} from '../finding.ts'

/** What can be wrong between a domain and its name servers, the roots first. */
export const delegationKinds = {
  DNS_BAD_NAME: {
    level: 'error',
    title: 'The domain is no domain name',
    why: 'DNS cannot hold it: labels have 1 to 63 characters, and a name 253 in all.',
    references: ['RFC 1035 §2.3.4'],
  },
  DNS_DOMAIN_NXDOMAIN: {
    level: 'error',
    title: 'The domain does not exist',
    why: 'The servers of the zone above do not know it, so nobody finds any of its records and no mail of it verifies.',
    references: ['RFC 1034 §4.3.2', 'RFC 8020'],
  },
  DNS_DELEGATION_UNKNOWN: {
    level: 'unknown',
    title: 'The name servers could not be found',
    why: 'Without the servers of the domain nothing can be verified at its source; what resolvers say may be old.',
    references: ['RFC 1034 §4.3.2'],
  },
  NS_LAME: {
    level: 'error',
    title: 'A name server does not know the domain',
    why: 'Every resolver that happens to ask this server fails or has to try another, so mail checks fail now and then.',
    references: ['RFC 1912 §2.8'],
  },
  NS_APEX_CNAME: {
    level: 'error',
    title: 'The name of the zone is an alias',
    why: 'No other record can be where a CNAME is, and a zone has its SOA, NS and MX there. Resolvers lose the domain.',
    references: ['RFC 1034 §3.6.2', 'RFC 1912 §2.4'],
  },
  NS_TIMEOUT: {
    level: 'unknown',
    title: 'A name server gives no answer',
    why: 'What it would say of the records is not known. Resolvers that try it first wait, and some give up.',
    references: ['RFC 2182 §3'],
  },
  NS_SERVFAIL: {
    level: 'unknown',
    title: 'A name server fails',
    why: 'What it would say of the records is not known. Receivers put mail off while they cannot look up the domain.',
    references: ['RFC 1035 §4.1.1'],
  },
  NS_UNRESOLVABLE: {
    level: 'error',
    title: 'A name server has no address',
    why: 'Nobody can ask it; the domain stands on its other servers alone.',
    references: ['RFC 1912 §2.8'],
  },
  NS_CNAME: {
    level: 'warning',
    title: 'The name of a name server is an alias',
    why: 'A name server must be named by the name that has its address. Resolvers need not follow an alias from there.',
    references: ['RFC 2181 §10.3', 'RFC 1912 §2.4'],
  },
  NS_IPV6_ONLY: {
    level: 'unknown',
    title: 'The name servers can only be reached by IPv6',
    why: 'From a machine without IPv6 nothing can be learned of the domain. Resolvers without it do not find it either.',
    references: ['RFC 3901 §4'],
  },
  NS_PARENT_MISMATCH: {
    level: 'warning',
    title: 'The zone and the zone above list different name servers',
    why: 'Resolvers ask sometimes one set, sometimes the other. A server left behind in one of them gives old answers.',
    references: ['RFC 1034 §4.2.2'],
  },
  NS_GLUE_MISMATCH: {
    level: 'warning',
    title: 'The zone above has other addresses of a name server',
    why: 'Resolvers come to the zone by the addresses above. A server that was left behind there gives old answers.',
    references: ['RFC 1034 §4.2.2'],
  },
  SOA_SERIAL_DRIFT: {
    level: 'warning',
    title: 'The name servers have different versions of the zone',
    why: 'Not all of them have the last change yet, so receivers may still see the old records.',
    references: ['RFC 1912 §2.2'],
  },
} as const satisfies Readonly<Record<string, FindingKind>>
