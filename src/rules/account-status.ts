import {Conflict} from './errors.ts'

/**
 * The states of an e-mail account. The column takes any text (guide: email_accounts.status); these are the ones the
 * platform uses: `error` is an account that its provider refuses.
 */
export const accountStatuses = ['active', 'suspended', 'error'] as const
export type AccountStatus = (typeof accountStatuses)[number]

/** Where an account can go from each state. */
export const accountMoves: Readonly<Record<AccountStatus, readonly AccountStatus[]>> = {
  active: ['suspended'],
  suspended: ['active'],
  error: ['active', 'suspended'],
}

/** @throws Conflict naming the legal moves when `to` cannot follow `from`. A state that pm does not know may be left. */
export function assertAccountMove(account: string, from: string | null, to: AccountStatus): void {
  const known = accountStatuses.find((status) => status === from)
  if (known === undefined || accountMoves[known].includes(to)) return
  throw new Conflict(`${account} is ${from} and cannot become ${to}.`, {
    hint: `From ${known} it can become ${accountMoves[known].join(', ')}.`,
    details: {account, from, to, legal: accountMoves[known]},
  })
}
