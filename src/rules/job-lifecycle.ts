/** What an operator wants of a job. Whether it is finished is not a state: it is when nothing is left to do. */
const jobStates = ['running', 'paused', 'canceled'] as const

export type JobState = (typeof jobStates)[number]

/**
 * What a job is at: what its operator wants; where it should run and nobody works on it, `stopped` if the last to do so
 * said why, and else `stalled`; or `finished` once nothing is left to do.
 */
export const jobStandings = [...jobStates, 'stopped', 'stalled', 'finished'] as const
export type JobStanding = (typeof jobStandings)[number]

/** Where a job can go from each standing; a canceled one stays canceled, and a finished one is nobody's to move. */
export const jobMoves: Readonly<Record<JobStanding, readonly JobState[]>> = {
  running: ['paused', 'canceled'],
  stopped: ['paused', 'canceled'],
  stalled: ['paused', 'canceled'],
  paused: ['running', 'canceled'],
  canceled: [],
  finished: [],
}

/** A job that should run is stalled when nobody has given a sign of working on it for so long. */
export const stalledAfterSeconds = 60
