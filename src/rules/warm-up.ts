/** A domain that has been warming up for longer is stuck: somebody should look at it. */
export const stuckAfterDays = 30
