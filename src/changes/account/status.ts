import type {Reader} from '../../db/transaction.ts'
import {getAccounts, type StoredAccount} from '../../queries/account/find.ts'
import {listCampaignsBy} from '../../queries/campaign/sending.ts'
import {type AccountStatus, assertAccountMove} from '../../rules/account-status.ts'
import {firstFew} from '../../rules/first-few.ts'
import {type Each, planEach} from '../each.ts'
import type {Change, RowChange} from '../plan.ts'
import {type AccountsInput, accountRow, eachAccount} from './each.ts'

/** Stops e-mail accounts from sending. Those that are suspended already are left alone. */
export const suspendAccounts: Change<AccountsInput> = {
  permission: 'account.write',
  grade: 'moderate',
  plan: async (db, {accounts}) => {
    const {plan, changing} = planEach({
      ...(await moveTo(db, accounts, 'suspended')),
      headline: (what) => `Stop ${what} from sending.`,
    })
    return {...plan, warnings: [...plan.warnings, ...(await whatSendsBy(db, changing))]}
  },
}

/** Lets e-mail accounts send again that are suspended or failed. Those that are active already are left alone. */
export const activateAccounts: Change<AccountsInput> = {
  permission: 'account.write',
  grade: 'moderate',
  plan: async (db, {accounts}) => {
    const move = await moveTo(db, accounts, 'active')
    return planEach({...move, headline: (what) => `Let ${what} send again.`}).plan
  },
}

async function moveTo(db: Reader, accounts: readonly string[], to: AccountStatus) {
  return {
    ...eachAccount,
    things: await getAccounts(db, accounts),
    isSo: ({status}) => status === to,
    already: to,
    rowOf: (account) => moved(account, to),
  } satisfies Partial<Each<StoredAccount>>
}

function moved(account: StoredAccount, to: AccountStatus): RowChange {
  assertAccountMove(account.account, account.status, to)
  return accountRow(account, {status: account.status}, {status: to})
}

async function whatSendsBy(db: Reader, accounts: readonly StoredAccount[]): Promise<string[]> {
  const campaigns = await listCampaignsBy(
    db,
    accounts.map(({id}) => id),
  )
  return campaigns.length === 0 ? [] : [`Sending by them now: ${firstFew(campaigns)}.`]
}
