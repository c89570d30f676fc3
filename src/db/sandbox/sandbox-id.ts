import {createHash} from 'node:crypto'

/** The UUID (version 8, RFC 9562) that a readable key such as `tenant:acme` always has in the sandbox. */
export function sandboxId(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex')
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
