import {getAccounts} from '../../queries/account/find.ts'
import {planEach} from '../each.ts'
import type {Change} from '../plan.ts'
import {type AccountsInput, accountRow, eachAccount} from './each.ts'

/** Begins the count of what e-mail accounts sent today anew. Those that sent nothing are left alone. */
export const resetCounts: Change<AccountsInput> = {
  permission: 'account.write',
  grade: 'moderate',
  plan: async (db, {accounts}) => {
    const {plan} = planEach({
      ...eachAccount,
      things: await getAccounts(db, accounts),
      isSo: ({daily_count: count}) => count === 0,
      already: '0',
      rowOf: (account) => accountRow(account, {daily_count: account.stored_count}, {daily_count: 0}),
      headline: (what) => `Begin the count of today anew for ${what}.`,
    })
    return plan
  },
}
