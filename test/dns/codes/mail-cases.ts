import {generateKeyPairSync} from 'node:crypto'
import type {ExpectedRecord} from '../../../src/rules/dns-record.ts'
import {ed25519, otherRsa2048, rsa512, rsa1024, rsa2048, rsa5120} from '../dkim/keys.ts'
import type {Case} from './case.ts'

const txt = (...texts: readonly string[]) => texts.map((text) => `@ TXT "${text}"`)
const dmarc = (...texts: string[]): Case => ({dmarc: texts.map((text) => `_dmarc TXT "${text}"`)})
const spf = (...texts: string[]): Case => ({spf: txt(...texts)})
const storedSpf = (value: string): ExpectedRecord => ({record_type: 'SPF', name: '@', value})
const storedDmarc = (value: string): ExpectedRecord => ({record_type: 'DMARC', name: '_dmarc', value})
const storedKey = (p: string): ExpectedRecord => ({
  record_type: 'DKIM',
  name: 's1._domainkey',
  value: `v=DKIM1; k=${p === ed25519 ? 'ed25519' : 'rsa'}; p=${p}`,
})
const storedMx = (host: string, priority = 10): ExpectedRecord => ({
  record_type: 'MX',
  name: '@',
  value: host,
  priority,
})
const key = (...texts: string[]): Case => ({
  dkim: texts.map((text) => `s1._domainkey TXT "${text}"`),
  stored: [storedKey(rsa2048)],
})
const numbers = (first: number, count: number) => Array.from({length: count}, (_, index) => first + index)
const sts: Case = {more: ['_mta-sts TXT "v=STSv1; id=1"', 'mta-sts A 192.0.2.25']}
const privateKey = () =>
  generateKeyPairSync('ed25519').privateKey.export({format: 'der', type: 'pkcs8'}).toString('base64')
const hosts = (count: number) => Array.from({length: count}, (_, host) => `h${host} A 192.0.2.25`)

/** A name of as many octets, relative to its zone. */
const longName = (octets: number) => `${`${'a'.repeat(62)}.`.repeat(4).slice(0, octets - 1)}z`
// With which a domain in name-impossible.test has all of 253 octets.
const longest = longName(253 - '.name-impossible.test'.length)

/** Of each code about mail and hosts, a zone where it is found. */
export const mailCases: Readonly<Record<string, Case>> = {
  NAME_IMPOSSIBLE: {domain: `${longest}.%`, more: [`${longest} A 192.0.2.25`]},
  REC_NAME_IMPOSSIBLE: {stored: [{record_type: 'A', name: longName(250), value: '192.0.2.80'}]},
  SPF_MISSING: {spf: []},
  SPF_MULTIPLE: spf('v=spf1 ip4:192.0.2.25 -all', 'v=spf1 -all'),
  SPF_SYNTAX: spf('v=spf1 ip4:192.0.2.25/99 -all'),
  SPF_MISMATCH: {stored: [storedSpf('v=spf1 ip4:192.0.2.99 -all')]},
  SPF_STORED_INVALID: {stored: [storedSpf('v=spf1 ip4:999 -all')]},
  SPF_TOO_MANY_LOOKUPS: {
    spf: txt(`v=spf1 ip4:192.0.2.25 ${Array.from({length: 11}, (_, host) => `a:h${host}.%`).join(' ')} -all`),
    more: hosts(11),
  },
  SPF_TOO_MANY_VOID: spf('v=spf1 ip4:192.0.2.25 a:x1.% a:x2.% a:x3.% -all'),
  SPF_TOO_MANY_MX: {
    spf: txt('v=spf1 mx -all'),
    mx: Array.from({length: 11}, (_, host) => `@ MX 10 h${host}`),
    more: hosts(11),
  },
  SPF_INCLUDE_MISSING: spf('v=spf1 ip4:192.0.2.25 include:none.% -all'),
  SPF_LOOP: spf('v=spf1 ip4:192.0.2.25 include:% -all'),
  SPF_IP_NOT_AUTHORISED: spf('v=spf1 -all'),
  SPF_ALL_PASS: spf('v=spf1 +all'),
  SPF_ALL_NEUTRAL: spf('v=spf1 ip4:192.0.2.25 ?all'),
  SPF_NO_ALL: spf('v=spf1 ip4:192.0.2.25'),
  SPF_PTR: spf('v=spf1 ip4:192.0.2.25 ptr -all'),
  SPF_AFTER_ALL: spf('v=spf1 ip4:192.0.2.25 -all ip4:192.0.2.26'),
  SPF_DUP_INCLUDE: {
    spf: txt('v=spf1 include:ok.% include:ok.% -all'),
    more: ['ok TXT "v=spf1 ip4:192.0.2.25 -all"'],
  },
  SPF_OVER_450: spf(`v=spf1 ${Array.from({length: 30}, (_, host) => `ip4:192.0.2.${host}`).join(' ')} -all`),
  SPF_DYNAMIC: spf('v=spf1 ip4:192.0.2.25 include:%{i}.% -all'),
  SPF_LONG_STRING: spf(
    ...[100, 120].map(
      (first) =>
        `v=spf1 ${numbers(first, 9)
          .map((host) => `ip4:192.0.2.${host}`)
          .join(' ')} -all`,
    ),
  ),
  SPF_TRAP: spf('v=spf1 ip4:192.0.2.25 include=ok.% -all'),
  SPF_SENDERID: spf('v=spf1 ip4:192.0.2.25 -all', 'spf2.0/pra -all'),
  SPF_TYPE99: {more: ['@ SPF "v=spf1 ip4:192.0.2.25 -all"']},
  TXT_OVER_512: {more: txt('x'.repeat(250), 'y'.repeat(250), 'z'.repeat(250))},
  DKIM_MISSING: key(),
  DKIM_REVOKED: key('v=DKIM1; p='),
  DKIM_MULTIPLE: key(`v=DKIM1; p=${rsa2048}`, `v=DKIM1; p=${rsa1024}`),
  DKIM_KEY_MISMATCH: key(`v=DKIM1; p=${otherRsa2048}`),
  DKIM_KEY_TRUNCATED: key(`v=DKIM1; p=${rsa2048.slice(0, 240)}`),
  DKIM_BAD_KEY: key('v=DKIM1; p=AAAA'),
  DKIM_PRIVATE_KEY: key(`v=DKIM1; p=${privateKey()}`),
  DKIM_BAD_K: key(`v=DKIM1; k=dsa; p=${rsa2048}`),
  DKIM_BAD_HASH: key(`v=DKIM1; h=sha1; p=${rsa2048}`),
  DKIM_BAD_SERVICE: key(`v=DKIM1; s=tlsrpt; p=${rsa2048}`),
  DKIM_SHORT_1024: {...key(`v=DKIM1; p=${rsa512}`), stored: [storedKey(rsa512)]},
  DKIM_WEAK_2048: {...key(`v=DKIM1; p=${rsa1024}`), stored: [storedKey(rsa1024)]},
  DKIM_LONG_4096: {...key(`v=DKIM1; p=${rsa5120}`), stored: [storedKey(rsa5120)]},
  DKIM_TESTING: key(`v=DKIM1; t=y; p=${rsa2048}`),
  DKIM_STRICT_DOMAIN: key(`v=DKIM1; t=s; p=${rsa2048}`),
  DKIM_SYNTAX: key(`v=DKIM1; oops; p=${rsa2048}`),
  DKIM_CNAME_TARGET: {dkim: ['s1._domainkey CNAME gone'], stored: [storedKey(rsa2048)]},
  DKIM_STORED_KEY: {...key(`v=DKIM1; p=${rsa2048}`), stored: [{...storedKey(rsa2048), value: 'v=DKIM1; p=AAAA'}]},
  DMARC_MISSING: dmarc(),
  DMARC_MULTIPLE: dmarc('v=DMARC1; p=reject', 'v=DMARC1; p=none'),
  DMARC_SYNTAX: dmarc('v=DMARC1; p=perhaps'),
  DMARC_INHERITED: {domain: 'mail.%'},
  DMARC_AT_APEX: {dmarc: [], more: txt('v=DMARC1; p=reject')},
  DMARC_SPF_FOUND: dmarc('v=spf1 -all'),
  DMARC_UNRELATED_TXT: dmarc('hello'),
  DMARC_WEAKER: {...dmarc('v=DMARC1; p=none'), stored: [storedDmarc('v=DMARC1; p=reject')]},
  DMARC_MISMATCH: {
    ...dmarc('v=DMARC1; p=reject; rua=mailto:a@%'),
    stored: [storedDmarc('v=DMARC1; p=reject; rua=mailto:b@%')],
  },
  DMARC_SP_WEAKER: dmarc('v=DMARC1; p=reject; sp=none'),
  DMARC_NP_WEAKER: dmarc('v=DMARC1; p=reject; np=none'),
  DMARC_P_NONE: dmarc('v=DMARC1; p=none'),
  DMARC_T_Y: dmarc('v=DMARC1; p=reject; t=y'),
  DMARC_REMOVED_TAG: dmarc('v=DMARC1; p=reject; pct=50'),
  DMARC_UNKNOWN_TAG: dmarc('v=DMARC1; p=reject; colour=red'),
  DMARC_NO_RUA: dmarc('v=DMARC1; p=reject'),
  DMARC_RUA_SYNTAX: dmarc('v=DMARC1; p=reject; rua=nobody'),
  DMARC_RUA_UNAUTHORISED: dmarc('v=DMARC1; p=reject; rua=mailto:x@elsewhere.test'),
  MX_MISSING: {mx: [], stored: [storedMx('mail.%.')]},
  MX_IMPLICIT: {mx: [], more: ['@ A 192.0.2.25']},
  MX_NULL: {mx: ['@ MX 0 .'], stored: [storedMx('mail.%.')]},
  MX_NULL_MIXED: {mx: ['@ MX 0 .', '@ MX 10 mail']},
  MX_NULL_PREFERENCE: {mx: ['@ MX 10 .']},
  MX_CNAME: {mx: ['@ MX 10 alias'], more: ['alias CNAME mail']},
  MX_IP_LITERAL: {mx: ['@ MX 10 192.0.2.25.']},
  MX_UNRESOLVABLE: {mx: ['@ MX 10 gone']},
  MX_MISMATCH: {stored: [storedMx('other.%.')]},
  MX_PRIORITY: {stored: [storedMx('mail.%.', 20)]},
  MX_DUP: {mx: ['@ MX 10 mail', '@ MX 20 mail']},
  MX_ADDRESS: {stored: [{...storedMx('mail.%.'), mx_hosts: ['192.0.2.99']}]},
  HOST_ADDRESS_MISSING: {stored: [{record_type: 'A', name: 'www', value: '192.0.2.80'}]},
  HOST_ADDRESS_EXTRA: {more: ['www A 192.0.2.66'], stored: [{record_type: 'A', name: 'www', value: '192.0.2.80'}]},
  HOST_ALIAS_DIFFERS: {
    more: ['track CNAME mail'],
    stored: [{record_type: 'CNAME', name: 'track', value: 'other.%.'}],
  },
  HOST_ALIAS_DANGLING: {
    more: ['track CNAME gone'],
    stored: [{record_type: 'CNAME', name: 'track', value: 'gone.%.'}],
  },
  HOST_ALIAS_CONTENT: {
    more: ['track A 192.0.2.25'],
    stored: [{record_type: 'CNAME', name: 'track', value: 'mail.%.'}],
  },
  MTASTS_MISSING: {},
  MTASTS_MULTIPLE: {more: ['_mta-sts TXT "v=STSv1; id=1"', '_mta-sts TXT "v=STSv1; id=2"']},
  MTASTS_SYNTAX: {more: ['_mta-sts TXT "v=STSv1; id=not-a-word!"']},
  MTASTS_POLICY: {...sts, policy: 'version: STSv1\nmode: enforce\n'},
  MTASTS_MX: {...sts, policy: 'version: STSv1\nmode: enforce\nmx: other.%\nmax_age: 86400\n'},
  MTASTS_MODE: {...sts, policy: 'version: STSv1\nmode: testing\nmx: mail.%\nmax_age: 86400\n'},
  TLSRPT_MISSING: {},
  TLSRPT_MULTIPLE: {
    more: ['_smtp._tls TXT "v=TLSRPTv1; rua=mailto:a@%"', '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:b@%"'],
  },
  TLSRPT_SYNTAX: {more: ['_smtp._tls TXT "v=TLSRPTv1; rua=nobody"']},
  BIMI_MISSING: {},
  BIMI_MULTIPLE: {
    more: ['default._bimi TXT "v=BIMI1; l=https://%/a.svg"', 'default._bimi TXT "v=BIMI1; l=https://%/b.svg"'],
  },
  BIMI_SYNTAX: {more: ['default._bimi TXT "v=BIMI1; l=ftp://%/a.svg"']},
  BIMI_DMARC: {...dmarc('v=DMARC1; p=none'), more: ['default._bimi TXT "v=BIMI1; l=https://%/a.svg"']},
  CAA_MISSING: {},
  CAA_CRITICAL: {more: ['@ CAA 128 oddity "x"']},
  DNSSEC_UNSIGNED: {},
  DNSSEC_NO_KEY: {above: [`@above DS 12345 13 2 ${'AB'.repeat(32)}`]},
  DNSSEC_NO_DS: {more: [`@ DNSKEY 257 3 13 ${'A'.repeat(86)}==`]},
  DNSSEC_KEY_MISMATCH: {
    above: [`@above DS 12345 13 2 ${'AB'.repeat(32)}`],
    more: [`@ DNSKEY 257 3 13 ${'A'.repeat(86)}==`],
  },
}
