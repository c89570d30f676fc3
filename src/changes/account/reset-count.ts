import {findAccounts} from '../../queries/account/find.ts'
import {planEach} from '../each.ts'
import {setWise} from '../set-wise.ts'
import {type AccountsInput, accountRow, eachAccount, namesIn} from './each.ts'

/** Begins the count of what e-mail accounts sent today anew. Those that sent nothing are left alone. */
export const resetCounts = setWise<AccountsInput>({
  permission: 'account.write',
  grade: 'moderate',
  readFor: async (db, inputs) => {
    const found = await findAccounts(db, namesIn(inputs))
    return async ({accounts}) => {
      const {plan} = await planEach({
        ...eachAccount,
        things: found.meantBy(accounts),
        isSo: ({daily_count: count}) => count === 0,
        already: 'at 0',
        rowOf: (account) => accountRow(account, {daily_count: account.stored_count}, {daily_count: 0}),
        headline: (what) => `Begin the count of today anew for ${what}.`,
      })
      return plan
    }
  },
})
