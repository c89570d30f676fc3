import type {Finding, FindingKind} from '../finding.ts'
import {type FindingParts, makeFinding} from '../make-finding.ts'

const limits = ['RFC 7208 §4.6.4']

/** Everything that can be said of a domain's SPF. */
export const spfKinds = {
  SPF_MISSING: {
    level: 'error',
    title: 'No SPF record',
    why: 'Receivers cannot tell who may send for the domain. Many trust its mail less, and DMARC cannot pass by SPF.',
    references: ['RFC 7208 §4.5'],
  },
  SPF_MULTIPLE: {
    level: 'error',
    title: 'More than one SPF record',
    why: 'Receivers do not choose: with two records the result is permerror for every sender.',
    references: ['RFC 7208 §3.2', 'RFC 7208 §4.5'],
  },
  SPF_SYNTAX: {
    level: 'error',
    title: 'Bad SPF syntax',
    why: 'One mistake anywhere makes the whole record a permerror, even where it would not be reached.',
    references: ['RFC 7208 §4.6', 'RFC 7208 §12'],
  },
  SPF_MISMATCH: {
    level: 'error',
    title: 'SPF is not as stored',
    why: 'What the platform relies on is not published, so mail it sends for the domain may fail SPF.',
    references: ['RFC 7208 §3'],
  },
  SPF_STORED_INVALID: {
    level: 'error',
    title: 'The stored SPF record is broken',
    why: 'Publishing it would make the result permerror for every sender. Correct what is stored first.',
    references: ['RFC 7208 §4.6'],
  },
  SPF_TOO_MANY_LOOKUPS: {
    level: 'error',
    title: 'Too many SPF look-ups',
    why: 'Receivers stop at 10 terms that ask DNS, includes within includes counted, and return permerror.',
    references: limits,
  },
  SPF_TOO_MANY_VOID: {
    level: 'error',
    title: 'Too many empty SPF look-ups',
    why: 'Receivers may stop at the third question that finds nothing, and return permerror.',
    references: limits,
  },
  SPF_TOO_MANY_MX: {
    level: 'error',
    title: 'Too many MX hosts for “mx”',
    why: 'An “mx” whose domain has more than 10 MX records makes the result permerror.',
    references: limits,
  },
  SPF_INCLUDE_MISSING: {
    level: 'error',
    title: 'An include leads nowhere',
    why: 'A record that is included, or redirected to, must exist: without it the result is permerror.',
    references: ['RFC 7208 §5.2', 'RFC 7208 §6.1'],
  },
  SPF_LOOP: {
    level: 'error',
    title: 'SPF goes round in circles',
    why: 'Records that include each other use the 10 look-ups up and end in permerror.',
    references: ['RFC 7208 §5.2', ...limits],
  },
  SPF_IP_NOT_AUTHORISED: {
    level: 'error',
    title: 'A sending IP does not pass SPF',
    why: 'Mail that the platform sends for the domain from this IP fails SPF at its receivers.',
    references: ['RFC 7208 §2.6'],
  },
  SPF_ALL_PASS: {
    level: 'error',
    title: 'SPF lets anybody send',
    why: 'A record that passes every address protects nothing; receivers count it against the domain.',
    references: ['RFC 7208 §5.1', 'RFC 7208 §11.1'],
  },
  SPF_ALL_NEUTRAL: {
    level: 'warning',
    title: 'SPF says nothing of other senders',
    why: '“?all” means the same as no record for every sender that is not listed. Use ~all or -all.',
    references: ['RFC 7208 §2.6.2', 'RFC 7208 §8.2'],
  },
  SPF_NO_ALL: {
    level: 'warning',
    title: 'SPF has no “all”',
    why: 'Without “all” or “redirect” the result for other senders is neutral. End the record with ~all or -all.',
    references: ['RFC 7208 §4.7', 'RFC 7208 §5.1'],
  },
  SPF_PTR: {
    level: 'warning',
    title: 'SPF uses “ptr”',
    why: 'It is slow, unreliable and not to be published; some receivers skip it, or the whole record.',
    references: ['RFC 7208 §5.5'],
  },
  SPF_AFTER_ALL: {
    level: 'warning',
    title: 'SPF terms without effect',
    why: 'Nothing after “all” is looked at, and “redirect” is not followed beside it.',
    references: ['RFC 7208 §5.1'],
  },
  SPF_TRAP: {
    level: 'warning',
    title: 'An SPF term is not what it looks like',
    why: 'A slip can follow the grammar and mean something else: with “=” a mechanism is a modifier that is ignored, and without a space “-all” becomes part of a name.',
    references: ['RFC 7208 §6'],
  },
  SPF_DUP_INCLUDE: {
    level: 'warning',
    title: 'SPF names the same senders twice',
    why: 'The second time changes nothing and costs look-ups.',
    references: limits,
  },
  SPF_DYNAMIC: {
    level: 'info',
    title: 'SPF depends on the message',
    why: 'A macro makes the name another one for every message, so what is below it cannot be counted in advance.',
    references: ['RFC 7208 §7'],
  },
  SPF_UNKNOWN: {
    level: 'unknown',
    title: 'SPF could not be followed',
    why: 'DNS gave no answer, which does not mean that a record is missing. A receiver would return temperror.',
    references: ['RFC 7208 §2.6.6'],
  },
  SPF_LONG_STRING: {
    level: 'warning',
    title: 'The SPF record is longer than one string',
    why: 'A string in a TXT record holds 255 bytes. BIND and NSD refuse a longer one; panels may cut it.',
    references: ['RFC 7208 §3.3', 'RFC 1035 §3.3.14'],
  },
  SPF_OVER_450: {
    level: 'warning',
    title: 'The SPF record is long',
    why: 'Above 450 bytes, name included, an answer may not fit in one UDP packet, and some receivers fail on that.',
    references: ['RFC 7208 §3.4'],
  },
  TXT_OVER_512: {
    level: 'info',
    title: 'The TXT records are many',
    why: 'All TXT records of a name come in one answer. Above 512 bytes it needs EDNS or TCP, which a few receivers lack.',
    references: ['RFC 7208 §3.4'],
  },
  SPF_TYPE99: {
    level: 'warning',
    title: 'An obsolete record of type SPF',
    why: 'Type 99 is no longer asked for; it can only go stale. Remove it.',
    references: ['RFC 7208 §3.1'],
  },
  SPF_SENDERID: {
    level: 'warning',
    title: 'An obsolete Sender ID record',
    why: 'Sender ID (spf2.0) is dead. Remove the record.',
    references: ['RFC 6686'],
  },
} as const satisfies Record<string, FindingKind>

export type SpfCode = keyof typeof spfKinds

/** A finding of a kind, about the SPF record of `name`. */
export function spfFinding(code: SpfCode, name: string, message: string, more: Partial<FindingParts> = {}): Finding {
  return makeFinding(spfKinds, code, {subject: 'SPF', name, type: 'TXT', message, ...more})
}
