import type {RecordType, Transport} from './answer.ts'

/** `error` must be mended, `warning` should, `info` is worth knowing; `unknown` could not be checked. */
export type Level = 'error' | 'warning' | 'info' | 'unknown'

/** One code, as it reads wherever it is found. Each family of checks keeps a table of its own. */
export interface FindingKind {
  level: Level
  /** What is wrong, in a few words, for a list of findings. */
  title: string
  /** Why it matters to mail, in a sentence or two. */
  why: string
  /** Where the rule comes from: `RFC 7208 §4.6.4`. */
  references: readonly string[]
}

/** What one server says of an RRset, as text a person can compare. */
export interface LiveAnswer {
  server: string
  transport: Transport
  authoritative: boolean
  /** `NOERROR`, `NXDOMAIN`, `NODATA`, or why nothing is known. */
  rcode: string
  ttl: number | null
  /** The names its CNAMEs lead to, in order; the records are at the last. */
  aliases: readonly string[]
  records: readonly string[]
  ms: number
}

/** The record to publish, said in every way somebody may need it. */
export interface Fix {
  /** As a registrar's form wants it: the host relative to the zone, `@` for the zone itself. */
  host: string
  /** The whole name, without the last dot. */
  name: string
  type: RecordType
  value: string
  ttl: number
  /** For a zone file, TXT strings of at most 255 bytes. */
  zone_line: string
  /** The `pm` command for once it is published: waits for it, or expects it too; null where pm has no part in it. */
  command: string | null
}

/** One thing that is wrong or worth knowing, with its evidence. The codes are a promise to scripts. */
export interface Finding {
  code: string
  level: Level
  /** What was checked: `SPF`, `DKIM default`, `MX`, `NS ns1.example.net`. */
  subject: string
  name: string
  type: RecordType | null
  /** The whole sentence, with the values. */
  message: string
  expected: string | null
  live: readonly LiveAnswer[]
  /** Codes of findings that this one explains away: mend this first. */
  cause_of: readonly string[]
  fix: Fix | null
  /** When asking again may give another answer. */
  retry_after_s: number | null
  references: readonly string[]
}
