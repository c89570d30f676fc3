import {displayWidth} from '../../output/text-width.ts'
import type {Described} from '../command-line/described.ts'

/** The examples of a command as they are typed. */
export function examplesOf({id, examples = []}: Described): string[] {
  const words = id.replaceAll(':', ' ')
  return examples.map((example) => example.replace('<%= config.bin %>', 'pm').replace('<%= command.id %>', words))
}

/** An example in lines that fit and that a shell takes as they are: continued with a backslash in front of a flag. */
export function exampleLines(example: string, width: number): string[] {
  const lines: string[] = []
  for (const part of example.split(/ (?=--?[a-z])/)) {
    const longer = `${lines.at(-1)} ${part}`
    if (lines.length === 0) lines.push(part)
    else if (displayWidth(longer) <= width - 2) lines.splice(-1, 1, longer)
    else lines.splice(-1, 1, `${lines.at(-1)} \\`, `    ${part}`)
  }
  return lines
}
