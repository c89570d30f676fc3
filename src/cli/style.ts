import {colorEnabled} from '../output/colors.ts'
import type {Format, Style} from '../output/format.ts'
import type {Surroundings} from './surroundings.ts'
import {isAccessible} from './terminal.ts'

export interface StyleFlags {
  color?: 'auto' | 'always' | 'never' | undefined
  time?: Style['clock']['zone'] | undefined
  header?: boolean | undefined
}

/** How text looks on stdout, or on stderr when `stream` says so. */
export function styleFor(
  {terminal, env, now, isCompared}: Surroundings,
  {color = 'auto', time = 'relative', header}: StyleFlags,
  format: Format,
  stream: 'stdout' | 'stderr' = 'stdout',
): Style {
  const isTTY = terminal.isTTY[stream]
  return {
    color: colorEnabled({flag: color, env, isTTY}),
    width: isTTY ? terminal.width : Number.POSITIVE_INFINITY,
    // TSV off a terminal is for cut and awk, which want no header unless asked for.
    header: header ?? format !== 'tsv',
    links: isTTY && env.TERM !== 'dumb',
    plain: isAccessible(env),
    ...(isCompared && {inFull: true}),
    clock: {now: now(), zone: time},
    onHidden: (columns) => terminal.say(`No room for ${columns.join(', ')}: see -o wide, or choose with --fields.`),
  }
}

/** How text looks on a screen that is drawn over: it is as wide as its terminal, and has no room for a word aside. */
export function screenStyle(around: Surroundings, flags: StyleFlags): Style {
  const {onHidden: _, ...style} = styleFor(around, flags, 'table', 'stderr')
  return {...style, links: false}
}
