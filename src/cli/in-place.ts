import {quoted} from '../rules/shell-word.ts'
import {findCommand, type Project} from './project.ts'

/** A text whose commands say in which context they are run: those that say it already are left as they are. */
export function inPlace(text: string, context: string, project: Project): string {
  return text
    .split(/(?<![\w-])(?=pm [a-z])/)
    .map((part) => {
      const words = /^pm((?: [a-z][a-z0-9-]*)+)/.exec(part)?.[1]?.trim().split(' ') ?? []
      const id = findCommand(words, project)?.id.replaceAll(':', ' ')
      if (id === undefined || isPlaceless.test(id) || saysContext.test(part)) return part
      return `pm ${id} --context ${quoted(context)}${part.slice(`pm ${id}`.length)}`
    })
    .join('')
}

// What is the same in every context.
const isPlaceless = /^(?:context (?!show)|schema)/
const saysContext = / (?:--context\b|-c)/
