import {hasSandbox, removeSandbox} from '../db/sandbox/remove.ts'
import {resolveContext, type Sources} from './contexts/resolve.ts'

/** The folder of this operator's sandbox, wherever else they work at the moment. */
export class SandboxFolder {
  readonly path: string

  constructor(sources: Sources) {
    const {place} = resolveContext({...sources, flag: 'sandbox'})
    if (place.type !== 'sandbox') throw new Error('The context “sandbox” is no sandbox.')
    this.path = place.folder
  }

  get isFilled(): boolean {
    return hasSandbox(this.path)
  }

  /** Throws the sandbox away, whatever state it is in; waits a moment for another process to leave it. */
  async empty(progress: (message: string) => void): Promise<void> {
    await removeSandbox(this.path, progress)
  }
}
