import type {KeyAct} from '../cli/screen/board-screen.ts'
import type {Stage} from '../cli/screen/stage.ts'

/** The keys of a page: back to what it lies on, look again, and what Enter does with the entry that is chosen. */
export function pageKeys(stage: Stage, look: () => Promise<void>, enter: KeyAct): Readonly<Record<string, KeyAct>> {
  const back = () => stage.back()
  return {q: back, escape: back, backspace: back, r: () => stage.run(look()), return: enter}
}
