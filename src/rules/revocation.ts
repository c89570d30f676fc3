/** What a revocation does, one step at a time, in the order it is done. */
export const revocationSteps = ['remove', 'disable', 'shut out', 'no login', 'end sessions'] as const

/** One step, in words for the operator; `target` is the login, or the e-mail of who leaves the staff. */
export interface RevocationStep {
  step: (typeof revocationSteps)[number]
  target: string
  what: string
}

/** A step that is taken for many, each by itself, as one: `target` is how many they are. */
export function stepOfMany(step: RevocationStep['step'], count: number): RevocationStep {
  const noun = step === 'remove' ? 'staff member' : 'login'
  const target = `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
  return {step, target, what: `${target}${ofMany[step]}`}
}

const ofMany: Readonly<Record<RevocationStep['step'], string>> = {
  remove: '',
  disable: ', from the next statement on',
  'shut out': ', from the group pm_operator',
  'no login': ' may not log in any more',
  'end sessions': ': all that is open, in all databases of the server',
}
