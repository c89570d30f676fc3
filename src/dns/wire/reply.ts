import type {Asked} from '../answer.ts'
import type {Response} from './response.ts'

/** A response, with who gave it, how, and how long it took. */
export interface Reply extends Asked {
  outcome: 'reply'
  response: Response
}
