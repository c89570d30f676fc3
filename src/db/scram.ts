import {createHash, createHmac, pbkdf2Sync, randomBytes} from 'node:crypto'

const saltBytes = 16
// PostgreSQL's own default (scram_iterations).
const iterations = 4_096

/**
 * What PostgreSQL stores of a password, in its own form: sent in place of the password, it keeps the password out of the
 * server's memory and log (RFC 5803; PostgreSQL documentation, pg_authid). Takes printable ASCII, which SASLprep leaves
 * as it is.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(saltBytes)): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, 'sha256')
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest('base64')
  const serverKey = hmac(salted, 'Server Key').toString('base64')
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
