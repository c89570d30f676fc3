import type {DkimCode} from './kinds.ts'
import type {DkimKey} from './public-key.ts'

/** Something in a record that keeps a receiver from using it, or that it should know. */
export interface DkimProblem {
  code: DkimCode
  /** Where in the text, from 0; null where no place can be named. */
  at: number | null
  /** A sentence. */
  reason: string
}

/** A DKIM key record as a receiver reads it (RFC 6376 §3.6.1). */
export interface DkimRecord {
  text: string
  /** k=, in lower case; `rsa` where it is left out. */
  keyType: string
  /** h=: the hash algorithms allowed; null for all. */
  hashes: readonly string[] | null
  /** s=: what the key is for; `*` for everything. */
  services: readonly string[]
  /** t=: `y` for a test, `s` for the exact domain only. */
  flags: readonly string[]
  /** p= in base64 without white space; empty where the key is revoked, null where there is none. */
  base64: string | null
  key: DkimKey | null
  problems: readonly DkimProblem[]
}
