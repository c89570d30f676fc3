/** What an operator wants of a job. Whether it is finished is not a state: it is when nothing is left to do. */
const jobStates = ['running', 'paused', 'canceled'] as const

export type JobState = (typeof jobStates)[number]

/** What a job is at: what its operator wants, or `finished` once nothing is left to do. */
export const jobStandings = [...jobStates, 'finished'] as const
export type JobStanding = (typeof jobStandings)[number]

/** Where a job can go from each state; a canceled one stays canceled. */
export const jobMoves: Readonly<Record<JobState, readonly JobState[]>> = {
  running: ['paused', 'canceled'],
  paused: ['running', 'canceled'],
  canceled: [],
}
