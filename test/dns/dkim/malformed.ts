import type {DkimCode} from '../../../src/dns/dkim/kinds.ts'
import {ed25519, ed25519Spki, rsa512, rsa2048} from './keys.ts'

interface Malformed {
  what: string
  record: string
  /** What is wrong with it, in order: a code, the place, and how the sentence begins. */
  problems: readonly (readonly [code: DkimCode, at: number | null, reason: string])[]
}

/** DKIM records that a receiver cannot use as they are meant. */
export const malformedDkim: readonly Malformed[] = [
  {what: 'nothing', record: '', problems: [['DKIM_SYNTAX', null, 'p=, the key, is missing.']]},
  {what: 'a version and no key', record: 'v=DKIM1', problems: [['DKIM_SYNTAX', null, 'p=, the key, is missing.']]},
  {
    what: 'a revoked key',
    record: 'v=DKIM1; k=rsa; p=',
    problems: [['DKIM_REVOKED', 18, 'p= is empty: the key is revoked.']],
  },
  {
    what: 'a key of white space',
    record: 'v=DKIM1; p= \t ;',
    problems: [['DKIM_REVOKED', 11, 'p= is empty: the key is revoked.']],
  },
  {
    what: 'a version that is not first',
    record: `k=rsa; v=DKIM1; p=${rsa2048}`,
    problems: [['DKIM_SYNTAX', 7, 'v= must be the first tag where it is there at all.']],
  },
  {
    what: 'another version',
    record: `v=DKIM2; p=${rsa2048}`,
    problems: [['DKIM_SYNTAX', 2, 'The version is “DKIM2”, and only “DKIM1” is one.']],
  },
  {
    what: 'a version in lower case',
    record: `v=dkim1; p=${rsa2048}`,
    problems: [['DKIM_SYNTAX', 2, 'The version is “dkim1”, and only “DKIM1” is one.']],
  },
  {
    what: 'a key twice',
    record: `v=DKIM1; p=${rsa2048}; p=${rsa2048}`,
    problems: [['DKIM_SYNTAX', 13 + rsa2048.length, 'p= is there twice.']],
  },
  {
    what: 'a version twice',
    record: `v=DKIM1; v=DKIM1; p=${rsa2048}`,
    problems: [['DKIM_SYNTAX', 9, 'v= is there twice.']],
  },
  {
    what: 'no semicolon after the version',
    record: `v=DKIM1 p=${rsa2048}`,
    problems: [
      ['DKIM_SYNTAX', 2, `The version is “DKIM1 p=${rsa2048.slice(0, 52)}…”, and only “DKIM1” is one.`],
      ['DKIM_SYNTAX', null, 'p=, the key, is missing.'],
    ],
  },
  {
    what: 'two semicolons',
    record: `v=DKIM1;; p=${rsa2048}`,
    problems: [['DKIM_SYNTAX', 8, 'There is nothing between two semicolons.']],
  },
  {
    what: 'a word without a value',
    record: `v=DKIM1; rsa; p=${rsa2048}`,
    problems: [['DKIM_SYNTAX', 9, '“rsa” is not a tag: it has no “=”.']],
  },
  {
    what: 'a tag without a name',
    record: `v=DKIM1; =rsa; p=${rsa2048}`,
    problems: [['DKIM_SYNTAX', 9, '“” is not the name of a tag.']],
  },
  {
    what: 'a backslash before each semicolon, from a zone file',
    record: `v=DKIM1\\; k=rsa\\; p=${rsa2048}`,
    problems: [
      ['DKIM_SYNTAX', 2, 'The version is “DKIM1\\”, and only “DKIM1” is one.'],
      ['DKIM_BAD_K', null, 'k=rsa\\ is no kind of key that receivers know; it is rsa or ed25519.'],
    ],
  },
  {
    what: 'a no-break space, from a web page',
    record: `v=DKIM1; k=rsa; p=${rsa2048}; n=made\u00a0here`,
    problems: [['DKIM_SYNTAX', 26 + rsa2048.length, '“\u00a0” in n= is not plain ASCII.']],
  },
  {
    what: 'a kind of key nobody knows',
    record: `v=DKIM1; k=dsa; p=${rsa2048}`,
    problems: [['DKIM_BAD_K', null, 'k=dsa is no kind of key that receivers know; it is rsa or ed25519.']],
  },
  {
    what: 'an RSA key said to be Ed25519',
    record: `v=DKIM1; k=ed25519; p=${rsa2048}`,
    problems: [['DKIM_BAD_K', 22, 'The record says k=ed25519, but it is a key for k=rsa.']],
  },
  {
    what: 'an Ed25519 key without k=',
    record: `v=DKIM1; p=${ed25519}`,
    problems: [['DKIM_BAD_K', 11, 'The record says k=rsa, but it is a key for k=ed25519.']],
  },
  {
    what: 'an Ed25519 key with its header',
    record: `v=DKIM1; k=ed25519; p=${ed25519Spki}`,
    problems: [
      [
        'DKIM_BAD_KEY',
        22,
        'p= is no key: an Ed25519 key is 32 bytes, without the header that stands before them here, and this is 44.',
      ],
    ],
  },
  {
    what: 'the quotes of a zone file in the value',
    record: `v=DKIM1; k=rsa; p=${rsa2048.slice(0, 200)}" "${rsa2048.slice(200)}`,
    problems: [
      [
        'DKIM_BAD_KEY',
        218,
        'p= has a “"”, which base64 has not. The quotes around the strings were typed into the value.',
      ],
    ],
  },
  {
    what: 'base64 for web addresses',
    record: 'v=DKIM1; p=MIIB-_8=',
    problems: [
      [
        'DKIM_BAD_KEY',
        15,
        'p= has a “-”, which base64 has not. It may be base64url, or the “-----BEGIN” line of a file.',
      ],
    ],
  },
  {
    what: 'a PEM file',
    record: `v=DKIM1; p=-----BEGIN PUBLIC KEY-----${rsa2048}-----END PUBLIC KEY-----`,
    problems: [
      [
        'DKIM_BAD_KEY',
        11,
        'p= has a “-”, which base64 has not. It may be base64url, or the “-----BEGIN” line of a file.',
      ],
    ],
  },
  {
    what: 'base64 after its end',
    record: 'v=DKIM1; p=MIIB==AAAA',
    problems: [['DKIM_BAD_KEY', 15, 'p= goes on after the “=” that ends base64.']],
  },
  {
    what: 'a character too few',
    record: 'v=DKIM1; p=MIIBI',
    problems: [['DKIM_BAD_KEY', 11, 'p= is 5 characters of base64: one is missing or too many.']],
  },
  {
    what: 'bytes that are no key',
    record: 'v=DKIM1; p=aGVsbG8gd29ybGQ=',
    problems: [['DKIM_BAD_KEY', 11, 'p= is no key: its 11 bytes are no RSA public key.']],
  },
  {
    what: 'a key cut in the middle',
    record: `v=DKIM1; p=${rsa2048.slice(0, 244)}`,
    problems: [['DKIM_KEY_TRUNCATED', 11, 'p= is no key: it is the first 183 of 294 bytes of a key.']],
  },
  {
    what: 'SHA-1 alone',
    record: `v=DKIM1; h=sha1; p=${rsa2048}`,
    problems: [['DKIM_BAD_HASH', 11, 'h=sha1 leaves out sha256.']],
  },
  {
    what: 'no hash at all',
    record: `v=DKIM1; h=; p=${rsa2048}`,
    problems: [['DKIM_BAD_HASH', 11, 'h= leaves out sha256.']],
  },
  {
    what: 'a service that is not mail',
    record: `v=DKIM1; s=tlsrpt; p=${rsa512}`,
    problems: [['DKIM_BAD_SERVICE', 11, 's=tlsrpt leaves out email.']],
  },
]
