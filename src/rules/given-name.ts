import {UsageError} from './errors.ts'

/** What may name a thing in a list of names: an id, an address, a name of one line. @throws UsageError */
export function parseGivenName(text: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= 255 && !/\p{Cc}/u.test(name)) return name
  throw new UsageError(`“${name.slice(0, 255)}” cannot be a name.`, {
    hint: 'A name has 1 to 255 characters, and no control characters among them. An id always works.',
  })
}
