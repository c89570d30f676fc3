import type {Noun} from './nouns.ts'

/** What was named and is not there, and where to look for what was meant: among names, or things of a kind. */
export interface Sought {
  name: string
  among: Noun | readonly string[]
}

/** The same of what may be several names: where many are wrong, no one of them was mistyped. */
export function soughtOf([name, another]: readonly string[], among: Sought['among']): {sought?: Sought} {
  return name === undefined || another !== undefined ? {} : {sought: {name, among}}
}
