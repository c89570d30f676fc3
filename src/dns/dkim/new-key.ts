import {generateKeyPair} from 'node:crypto'
import {promisify} from 'node:util'
import {type DkimKey, describeKey, type KeyType} from './public-key.ts'
import {recordFor} from './stored-key.ts'

export interface NewDkimKey {
  key: DkimKey
  /** The public half as p= has it, in base64. */
  publicKey: string
  /** The TXT record to publish at `<selector>._domainkey.<domain>`. */
  record: string
  /** The private half in PKCS #8 PEM. A secret: for a file of mode 0600 or a vault, never for output. */
  privateKey: string
}

/** Makes a new key pair: RSA of 2048 bits, which all receivers verify, or Ed25519, which some do. */
export async function newDkimKey(type: KeyType = 'rsa'): Promise<NewDkimKey> {
  const generate = promisify(generateKeyPair)
  const pair = type === 'rsa' ? await generate('rsa', {modulusLength: 2048}) : await generate('ed25519')
  const key = describeKey(pair.publicKey, type)
  const record = recordFor(key)
  const privateKey = pair.privateKey.export({type: 'pkcs8', format: 'pem'}).toString()
  return {key, publicKey: record.slice(record.indexOf('p=') + 2), record, privateKey}
}
