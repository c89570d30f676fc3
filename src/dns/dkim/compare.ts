import {parseDkim} from './parse-record.ts'
import {isSameKey} from './public-key.ts'
import {readStoredKey} from './stored-key.ts'

/**
 * Whether a live record serves for what is stored: the same key, byte for byte, and nothing that keeps receivers from
 * using it. How the record is written does not matter.
 * @param stored a whole record, the base64 of its p=, or PEM
 */
export function servesAsDkim(live: string, stored: string): boolean {
  const {key, problems} = parseDkim(live)
  return problems.length === 0 && isSameKey(key, readStoredKey(stored))
}
