import {firstFew} from '../rules/first-few.ts'

// So many of one kind are read one by one.
const mostAlike = 3
const mostLines = 10

/**
 * Warnings as a person reads them before a change of many things. Those that say the same up to their colon are of one
 * kind, and differ in of whom they say it: of many such there is one line, with how many they are and the first few.
 */
export function summedUp(warnings: readonly string[]): string[] {
  const lines = [...Map.groupBy(warnings, kindOf)].flatMap(([kind, alike]) => {
    if (alike.length <= mostAlike) return alike
    const rests = alike.map((warning) =>
      warning
        .slice(kind.length + 1)
        .trim()
        .replace(/\.$/, ''),
    )
    return [`${kind} (${alike.length.toLocaleString('en')}): ${firstFew(rests)}.`]
  })
  const more = lines.length - mostLines
  if (more <= 0) return lines
  return [...lines.slice(0, mostLines), `… and ${more.toLocaleString('en')} more warnings: -o json has them all.`]
}

/** What stands before the colon; all of it where there is none. */
function kindOf(warning: string): string {
  const [kind = ''] = warning.split(': ', 1)
  return kind
}
