import {parseDkim} from './parse-record.ts'
import {readStoredKey} from './stored-key.ts'

/**
 * Whether a live record serves for what is stored: the same key, byte for byte, and nothing that keeps receivers from
 * using it. How the record is written does not matter.
 * @param stored a whole record, the base64 of its p=, or PEM
 */
export function servesAsDkim(live: string, stored: string): boolean {
  const {key, problems} = parseDkim(live)
  const expected = readStoredKey(stored)
  return key !== null && problems.length === 0 && key.fingerprint === expected?.fingerprint
}
