import type {Transport} from '../answer.ts'
import {type Failure, isWhole, type Outcome} from './outcome.ts'

/** What a question came to that was put over both transports. */
export interface Heard {
  transport: Transport
  outcome: Outcome
  /** Whether anything came from the server, also where that is not the outcome. */
  isHeard: boolean
}

/** The first whole answer over either; where there is none, the failure that says most. */
export async function ofBoth(overUdp: Promise<Outcome>, overTcp: Promise<Outcome>): Promise<Heard> {
  const datagrams = overUdp.then((outcome) => heardOver('udp', outcome))
  const connection = overTcp.then((outcome) => heardOver('tcp', outcome))
  const first = await Promise.race([datagrams, connection])
  if (isWhole(first.outcome)) return first
  const both = [await connection, await datagrams]
  const isHeard = both.some((one) => one.isHeard)
  return both.find(({outcome}) => isWhole(outcome)) ?? {...both.reduce(moreTelling), isHeard}
}

function heardOver(transport: Transport, outcome: Outcome): Heard {
  return {transport, outcome, isHeard: 'response' in outcome}
}

/** Of answers that were cut short, and of connections that nobody takes, as many servers have UDP only, the least is learned. */
const byWhatTheySay: readonly Failure['reason'][] = ['malformed', 'timeout', 'unreachable']

function moreTelling(one: Heard, other: Heard): Heard {
  return weightOf(other) < weightOf(one) ? other : one
}

function weightOf({outcome}: Heard): number {
  return 'failure' in outcome ? byWhatTheySay.indexOf(outcome.failure.reason) : byWhatTheySay.length
}
