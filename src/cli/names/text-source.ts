import {isUtf8} from 'node:buffer'
import {createReadStream, type Stats} from 'node:fs'
import {stat} from 'node:fs/promises'
import {UsageError} from '../../rules/errors.ts'
import {whyFailed} from '../../rules/file-failure.ts'
import {quoted} from '../../rules/shell-word.ts'

/** How large a text may be that pm reads whole, in bytes; what never ends, such as `yes`, does not fill the memory. */
const mostBytes = 256 * 2 ** 20

/** The text of a file, or of a pipe that has a name. @throws UsageError that says why it cannot be read */
export async function readTextFile(file: string): Promise<string> {
  try {
    const problem = notReadable(await stat(file))
    if (problem !== undefined) throw new UsageError(`${file} cannot be read: ${problem}.`)
    return decodeText(await readBytes(createReadStream(file), file), file)
  } catch (cause) {
    if (cause instanceof UsageError) throw cause
    throw new UsageError(`${file} cannot be read: ${whyFailed(cause)}.`, {cause})
  }
}

function notReadable(found: Stats): string | undefined {
  if (found.isDirectory()) return 'it is a folder'
  return found.isFile() || found.isFIFO() ? undefined : 'it is no file but a device'
}

/** All that a stream holds. @throws UsageError where that is more than `mostBytes` */
export async function readBytes(stream: AsyncIterable<Uint8Array>, called: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of stream) {
    bytes += chunk.length
    if (bytes > mostBytes)
      throw new UsageError(`${called} is larger than ${mostBytes / 2 ** 20} MB.`, {
        hint: 'Give it in parts: cut, split and grep make smaller lists.',
      })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** @throws UsageError for what is no text in UTF-8, with the command that makes it so */
export function decodeText(bytes: Uint8Array, called: string): string {
  const utf16 = utf16Of(bytes)
  if (utf16 !== undefined) throw otherEncoding(`${called} is in UTF-16, not in UTF-8.`, called, utf16)
  if (!isUtf8(bytes)) {
    const line = lineWhere(bytes, (part) => !isUtf8(part))
    throw otherEncoding(`${called} is not in UTF-8: line ${line} is not.`, called, 'WINDOWS-1252')
  }
  const line = bytes.includes(0) ? lineWhere(bytes, (part) => part.includes(0)) : undefined
  if (line === undefined) return new TextDecoder('utf-8').decode(bytes)
  throw new UsageError(`${called} is no text: line ${line} holds a NUL byte.`)
}

function otherEncoding(message: string, called: string, encoding: string): UsageError {
  const command =
    called === 'stdin'
      ? `… | iconv -f ${encoding} -t UTF-8 | pm …`
      : `iconv -f ${encoding} -t UTF-8 ${quoted(called)} > ${quoted(`${called}.utf8`)}`
  return new UsageError(message, {hint: `Convert it first: ${command}`})
}

// By its byte order mark; without one, by the zero that is half of nearly every character then.
function utf16Of([first, second, third, fourth]: Uint8Array): string | undefined {
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return 'UTF-16'
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return 'UTF-16LE'
  return first === 0 && second !== 0 && third === 0 && fourth !== 0 ? 'UTF-16BE' : undefined
}

/** The number of the first line of which something is true. */
function lineWhere(bytes: Uint8Array, isTrue: (line: Uint8Array) => boolean): number {
  let start = 0
  for (let line = 1; ; line += 1) {
    const feed = bytes.indexOf(0x0a, start)
    if (feed < 0 || isTrue(bytes.subarray(start, feed))) return line
    start = feed + 1
  }
}
