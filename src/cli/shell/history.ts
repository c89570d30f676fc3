import {createHash} from 'node:crypto'
import {join} from 'node:path'
import {type Context, describePlace} from '../contexts/context.ts'
import {readPrivate, replacePrivate} from '../contexts/private-file.ts'
import {redact} from '../redact.ts'
import {shellWords} from '../shell-words.ts'

const mostLines = 1_000

/** The lines typed in one context, in a file that only its owner may read. */
export class History {
  readonly #file: string

  constructor(dataFolder: string, {name, place}: Pick<Context, 'name' | 'place'>) {
    const key = createHash('sha256').update(JSON.stringify([name, describePlace(place)]))
    this.#file = join(dataFolder, 'history', key.digest('hex').slice(0, 32))
  }

  /** The newest first. */
  lines(): string[] {
    return (readPrivate(this.#file) ?? '').split('\n').filter(Boolean).toReversed()
  }

  /** Keeps a line, but none with a secret, and none that begins with a space. */
  keep(line: string): void {
    if (/^\s|^$/.test(line) || mayHoldSecret(line)) return
    const lines = [
      ...this.lines()
        .toReversed()
        .filter((known) => known !== line),
      redact(line),
    ]
    replacePrivate(this.#file, `${lines.slice(-mostLines).join('\n')}\n`)
  }
}

// A configuration value may be one, whatever it looks like.
function mayHoldSecret(line: string): boolean {
  const words = shellWords(line).words.filter((word) => word !== 'pm')
  return words.includes('config') && words.includes('set')
}
