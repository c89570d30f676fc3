/** Every way a `pm` process can end. The numbers are a promise to scripts: never reuse one. */
export const exitCodes = {
  done: {code: 0, meaning: 'done, or nothing to do'},
  bug: {code: 1, meaning: 'a bug in pm'},
  usage: {code: 2, meaning: 'the command line is wrong'},
  notFound: {code: 3, meaning: 'what was named does not exist'},
  notIdentified: {code: 4, meaning: 'the database does not know this login as an operator'},
  permissionDenied: {code: 5, meaning: 'the operator may not do this'},
  conflict: {code: 6, meaning: 'not possible as things stand, or changed meanwhile; nothing was done'},
  consentNeeded: {code: 7, meaning: 'consent is needed and there is nobody to ask'},
  partlyDone: {code: 8, meaning: 'not all was done: some rows failed, or a job was stopped'},
  checkFailed: {code: 9, meaning: 'a check failed, or differences were found'},
  upstreamFailed: {code: 10, meaning: 'DNS or Stripe failed'},
  databaseUnreachable: {code: 11, meaning: 'the database could not be reached'},
  timedOut: {code: 12, meaning: 'timed out'},
  interrupted: {
    code: 130,
    meaning: 'declined, or interrupted: what was done, and how to go on, is said',
  },
} as const

export type ExitReason = keyof typeof exitCodes
