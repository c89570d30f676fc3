import {type ErrorParts, PmError} from '../rules/errors.ts'
import type {ExitReason} from '../rules/exit-codes.ts'

/** An error that ended work on many things: it exits as its cause does, and says what is true of all of them. */
export class BrokenOff extends PmError {
  readonly reason: ExitReason

  constructor(cause: PmError, message: string, parts: Omit<ErrorParts, 'cause'>) {
    super(message, {...parts, cause})
    this.reason = cause.reason
  }
}

/** What happened, as a sentence. What became of it, which stands last, is true of one transaction only. */
export function happened({message}: PmError): string {
  return message.replace(/( Nothing was changed\.|: it may have happened or not\.)$/, '').replace(/(?<![.!?])$/, '.')
}
