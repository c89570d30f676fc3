import type {DmarcCode} from '../../../src/dns/dmarc/kinds.ts'
import type {Policy} from '../../../src/dns/dmarc/record.ts'
import type {Level} from '../../../src/dns/finding.ts'

interface Malformed {
  record: string
  /** The policy for the domain that receivers make of it; null for none at all. */
  p: Policy | null
  /** A code, its level, the place and the sentence. */
  problems: readonly (readonly [code: DmarcCode, level: Level, at: number | null, reason: string])[]
}

const tags = (list: string) => `v=DMARC1; ${list}`
const missing = 'p= is missing: receivers take that for p=none. Those that follow RFC 7489 ignore the record.'
const rua = 'rua=mailto:d@acme.example'

/** DMARC records that receivers take for one, and that are not what somebody meant. */
export const malformedDmarc: readonly Malformed[] = [
  {record: 'v=DMARC1', p: 'none', problems: [['DMARC_SYNTAX', 'error', null, missing]]},
  {record: 'v=DMARC1;', p: 'none', problems: [['DMARC_SYNTAX', 'error', null, missing]]},
  {
    record: tags(rua),
    p: 'none',
    problems: [['DMARC_SYNTAX', 'error', null, 'p= is missing: receivers take that for p=none.']],
  },
  {
    record: tags('p=block'),
    p: null,
    problems: [
      [
        'DMARC_SYNTAX',
        'error',
        12,
        'p= is “block”; it can be none, quarantine or reject. Receivers ignore the whole record.',
      ],
    ],
  },
  {
    record: tags(`p=block; ${rua}`),
    p: 'none',
    problems: [
      [
        'DMARC_SYNTAX',
        'error',
        12,
        'p= is “block”; it can be none, quarantine or reject. Receivers act as if it said p=none.',
      ],
    ],
  },
  {
    record: tags('p='),
    p: null,
    problems: [
      [
        'DMARC_SYNTAX',
        'error',
        12,
        'p= is “”; it can be none, quarantine or reject. Receivers ignore the whole record.',
      ],
    ],
  },
  {
    record: tags('p=reject; sp=nothing'),
    p: null,
    problems: [
      [
        'DMARC_SYNTAX',
        'error',
        23,
        'sp= is “nothing”; it can be none, quarantine or reject. Receivers ignore the whole record.',
      ],
    ],
  },
  {
    record: tags(`p=reject; np=all; ${rua}`),
    p: 'none',
    problems: [
      [
        'DMARC_SYNTAX',
        'error',
        23,
        'np= is “all”; it can be none, quarantine or reject. Receivers act as if it said p=none.',
      ],
    ],
  },
  {
    record: tags('p=reject.'),
    p: null,
    problems: [
      [
        'DMARC_SYNTAX',
        'error',
        12,
        'p= is “reject.”; it can be none, quarantine or reject. Receivers ignore the whole record.',
      ],
    ],
  },
  {
    record: tags('adkim=s; p=reject'),
    p: 'reject',
    problems: [
      [
        'DMARC_SYNTAX',
        'warning',
        19,
        'p= is not right after v=DMARC1; receivers that follow RFC 7489 may ignore the record.',
      ],
    ],
  },
  {
    record: tags('p=none; p=reject'),
    p: 'none',
    problems: [['DMARC_SYNTAX', 'error', 18, 'p= is there twice.']],
  },
  {
    record: tags('p=reject; v=DMARC1'),
    p: 'reject',
    problems: [
      ['DMARC_SYNTAX', 'error', 20, 'v= is there twice.'],
      ['DMARC_UNKNOWN_TAG', 'info', 20, '“v=” is no tag of DMARC; receivers ignore it.'],
    ],
  },
  {
    record: 'v=DMARC1;; p=reject',
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 9, 'There is nothing between two semicolons.']],
  },
  {
    record: tags('p=reject; quarantine'),
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 20, '“quarantine” is not a tag: it has no “=”.']],
  },
  {
    record: tags('p=reject; =r'),
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 20, '“” is not the name of a tag.']],
  },
  {
    record: tags(`p=reject; ${rua}; mailto:e@acme.example`),
    p: 'reject',
    problems: [
      [
        'DMARC_SYNTAX',
        'warning',
        47,
        '“mailto:e@acme.example” is not a tag: it has no “=”. Addresses are separated by commas.',
      ],
    ],
  },
  {
    record: tags('p=reject; adkim=strict'),
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 26, 'adkim= is “strict”; it can be r or s.']],
  },
  {
    record: tags('p=reject; aspf='),
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 25, 'aspf= is “”; it can be r or s.']],
  },
  {
    record: tags('p=reject; t=yes'),
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 22, 't= is “yes”; it can be y or n.']],
  },
  {
    record: tags('p=reject; psd=x'),
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 24, 'psd= is “x”; it can be y, n or u.']],
  },
  {
    record: tags('p=reject; fo=1:x'),
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 23, 'fo= is “1:x”; it can be 0, 1, d and s.']],
  },
  {
    record: tags('p=reject; rua='),
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 24, 'rua= is “”; it can be an address.']],
  },
  {
    record: tags('P=reject'),
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 10, 'P= is in capitals; some receivers know p= only.']],
  },
  {
    record: tags('p=reject; dmarc=yes'),
    p: 'reject',
    problems: [['DMARC_UNKNOWN_TAG', 'info', 20, '“dmarc=” is no tag of DMARC; receivers ignore it.']],
  },
  {
    record: tags('p=quarantine; pct=50'),
    p: 'quarantine',
    problems: [
      [
        'DMARC_REMOVED_TAG',
        'info',
        24,
        'pct= was removed in RFC 9989; older receivers may honour it. They apply the policy to 50 % of mail, the others to all. For a test, write t=y.',
      ],
    ],
  },
  {
    record: tags('p=quarantine; pct=100; rf=afrf; ri=86400'),
    p: 'quarantine',
    problems: [
      ['DMARC_REMOVED_TAG', 'info', 24, 'pct= was removed in RFC 9989; older receivers may honour it.'],
      ['DMARC_REMOVED_TAG', 'info', 33, 'rf= was removed in RFC 9989; older receivers may honour it.'],
      ['DMARC_REMOVED_TAG', 'info', 42, 'ri= was removed in RFC 9989; older receivers may honour it.'],
    ],
  },
  {
    record: tags('p=quarantine; pct=150'),
    p: 'quarantine',
    problems: [
      ['DMARC_SYNTAX', 'warning', 28, 'pct= is “150”; it can be a number from 0 to 100.'],
      ['DMARC_REMOVED_TAG', 'info', 24, 'pct= was removed in RFC 9989; older receivers may honour it.'],
    ],
  },
  {
    record: tags('p=reject; n\u00e4me=x'),
    p: 'reject',
    problems: [['DMARC_SYNTAX', 'warning', 20, '“n\u00e4me” is not the name of a tag.']],
  },
]

/** Records that are meant as DMARC and that receivers do not take for it, and why not. */
export const notDmarc: readonly (readonly [record: string, why: string])[] = [
  [' v=DMARC1; p=reject', 'It begins with white space, and “v=DMARC1” must be the very first.'],
  ['\tv=DMARC1; p=reject', 'It begins with white space, and “v=DMARC1” must be the very first.'],
  ['"v=DMARC1; p=reject"', 'The quotes around it were typed into the value.'],
  ['v=dmarc1; p=reject', 'It begins with “v=dmarc1”, and must begin with “v=DMARC1;”, in these letters.'],
  ['v=DMARC2; p=reject', 'It begins with “v=DMARC2”, and must begin with “v=DMARC1;”, in these letters.'],
  ['v=DMARC; p=reject', 'It begins with “v=DMARC”, and must begin with “v=DMARC1;”, in these letters.'],
  ['v=DMARC1 p=reject', 'It begins with “v=DMARC1 p=reject”, and must begin with “v=DMARC1;”, in these letters.'],
  ['v=DMARC1, p=reject', 'It begins with “v=DMARC1, p=reject”, and must begin with “v=DMARC1;”, in these letters.'],
  ['v=DMARC1\\; p=reject', 'It begins with “v=DMARC1\\”, and must begin with “v=DMARC1;”, in these letters.'],
  ['v=DMARC1\u00a0; p=reject', 'It begins with “v=DMARC1”, and must begin with “v=DMARC1;”, in these letters.'],
]
