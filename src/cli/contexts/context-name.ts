import {UsageError} from '../../rules/errors.ts'

/**
 * A name for a context. It becomes a file's name, a word on a command line and a line in `.pm-context`, so it has no
 * character that means something to any of them.
 * @throws UsageError
 */
export function parseContextName(text: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(text)) return text
  throw new UsageError(`“${text}” cannot be a context's name.`, {
    hint: 'A name has letters, digits, dots, dashes and underscores, begins with a letter or digit, and has 64 at most.',
  })
}

/** The name of a context to be saved. @throws UsageError for the sandbox's, too. */
export function parseNewContextName(text: string): string {
  if (text.toLowerCase() !== 'sandbox') return parseContextName(text)
  throw new UsageError(`“${text}” is the embedded database's name.`, {hint: 'Give the context another one.'})
}
