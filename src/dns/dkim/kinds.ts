import type {FindingKind} from '../finding.ts'

const record = 'RFC 6376 §3.6.1'

/** What can be wrong with a published DKIM key. */
export const dkimKinds = {
  DKIM_MISSING: {
    level: 'error',
    title: 'The DKIM key is not published',
    why: 'Receivers cannot verify any signature made with this selector, and DMARC then rests on SPF alone.',
    references: ['RFC 6376 §3.6.2.1'],
  },
  DKIM_REVOKED: {
    level: 'error',
    title: 'The DKIM key is revoked',
    why: 'An empty p= says that the key must not be trusted any more: every signature made with it fails.',
    references: [record],
  },
  DKIM_MULTIPLE: {
    level: 'error',
    title: 'There is more than one DKIM record',
    why: 'What a receiver makes of two keys under one selector is undefined: some take the first they see, some fail.',
    references: ['RFC 6376 §3.6.2.2'],
  },
  DKIM_SYNTAX: {
    level: 'error',
    title: 'The DKIM record cannot be read',
    why: 'A record that breaks the grammar counts as no record: signatures fail.',
    references: ['RFC 6376 §3.2', record],
  },
  DKIM_BAD_KEY: {
    level: 'error',
    title: 'The published DKIM key is no key',
    why: 'Receivers cannot read it, so every signature fails.',
    references: [record, 'RFC 8463 §4.2'],
  },
  DKIM_BAD_K: {
    level: 'error',
    title: 'The DKIM record names the wrong kind of key',
    why: 'A receiver that does not know the kind, or finds another one, ignores the key: signatures fail.',
    references: [record, 'RFC 8463 §4.2'],
  },
  DKIM_BAD_HASH: {
    level: 'error',
    title: 'The DKIM record does not allow SHA-256',
    why: 'Signatures are made with SHA-256 today, and SHA-1 must not be used any more: nothing that is signed verifies.',
    references: [record, 'RFC 8301 §3.1'],
  },
  DKIM_BAD_SERVICE: {
    level: 'error',
    title: 'The DKIM key is not for e-mail',
    why: 'A key whose s= names neither email nor * is ignored for mail: signatures fail.',
    references: [record],
  },
  DKIM_PRIVATE_KEY: {
    level: 'error',
    title: 'The private key is published',
    why: 'Anyone can read it in DNS and sign mail as the domain, for good. It has to be replaced, not only removed.',
    references: ['RFC 6376 §8'],
  },
  DKIM_KEY_MISMATCH: {
    level: 'error',
    title: 'Another DKIM key is published than the one mail is signed with',
    why: 'Signatures are made with the stored key and verified with the published one: all of them fail.',
    references: ['RFC 6376 §6.1.3'],
  },
  DKIM_KEY_TRUNCATED: {
    level: 'error',
    title: 'The published DKIM key is cut off',
    why: 'Half a key verifies nothing. A 2048-bit key is longer than the 255 bytes a single TXT string can hold.',
    references: ['RFC 6376 §3.6.2.2', 'RFC 1035 §3.3.14'],
  },
  DKIM_SHORT_1024: {
    level: 'error',
    title: 'The DKIM key is shorter than 1024 bits',
    why: 'It can be broken, and receivers must not accept signatures made with it.',
    references: ['RFC 8301 §3.2'],
  },
  DKIM_WEAK_2048: {
    level: 'warning',
    title: 'The DKIM key is shorter than 2048 bits',
    why: 'It still verifies. 2048 bits is what signers should use, and large receivers begin to rate shorter keys down.',
    references: ['RFC 8301 §3.2'],
  },
  DKIM_LONG_4096: {
    level: 'warning',
    title: 'The DKIM key is longer than 4096 bits',
    why: 'Receivers need not verify keys of more than 4096 bits, and many do not.',
    references: ['RFC 8301 §3.2'],
  },
  DKIM_TESTING: {
    level: 'info',
    title: 'The DKIM key is marked as a test',
    why: 'With t=y receivers may treat a signed message as if it were not signed.',
    references: [record],
  },
  DKIM_STRICT_DOMAIN: {
    level: 'info',
    title: 'The DKIM key is for the exact domain only',
    why: 'With t=s a signature whose i= is in a subdomain of d= fails.',
    references: [record],
  },
  DKIM_CNAME_TARGET: {
    level: 'info',
    title: 'The DKIM key is delegated by a CNAME',
    why: 'The key is whatever the target publishes; only its owner can change it.',
    references: ['RFC 1034 §3.6.2'],
  },
  DKIM_STORED_KEY: {
    level: 'error',
    title: 'The stored DKIM key cannot be read',
    why: 'What is published cannot be compared with it.',
    references: [record],
  },
} as const satisfies Readonly<Record<string, FindingKind>>

export type DkimCode = keyof typeof dkimKinds
