import type {Definition} from '../../output/definitions.ts'
import type {CommandTable} from '../completion/known.ts'

/** A guide that `pm help NAME` prints. */
export interface Guide {
  /** What it is about, in a sentence. */
  about: string
  parts: (table: CommandTable) => readonly Part[]
}

/** What somebody wants to do, and the commands that do it. */
interface Part {
  title: string
  /** In sentences; broken into lines where it is printed. */
  says?: string
  /** Lines of a shell, as they are typed; a test runs all of a guide in this order on a new sandbox. */
  commands?: readonly string[]
  facts?: readonly Definition[]
}
