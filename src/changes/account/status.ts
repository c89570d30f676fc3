import {findAccounts, type StoredAccount} from '../../queries/account/find.ts'
import {listCampaignsBy} from '../../queries/campaign/sending.ts'
import {type AccountStatus, assertAccountMove} from '../../rules/account-status.ts'
import {firstFew} from '../../rules/first-few.ts'
import {type Each, planEach} from '../each.ts'
import type {RowChange} from '../plan.ts'
import {setWise} from '../set-wise.ts'
import {type AccountsInput, accountRow, eachAccount, namesIn} from './each.ts'

/** Stops e-mail accounts from sending. Those that are suspended already are left alone. */
export const suspendAccounts = setWise<AccountsInput>({
  permission: 'account.write',
  grade: 'moderate',
  readFor: async (db, inputs) => {
    const found = await findAccounts(db, namesIn(inputs))
    const sending = await listCampaignsBy(
      db,
      found.rows.map(({id}) => id),
    )
    return async ({accounts}) => {
      const {plan, changing} = await planEach({
        ...moveTo(found.meantBy(accounts), 'suspended'),
        headline: (what) => `Stop ${what} from sending.`,
      })
      return {...plan, warnings: [...plan.warnings, ...whatSendsBy(changing, sending)]}
    }
  },
})

/** Lets e-mail accounts send again that are suspended or failed. Those that are active already are left alone. */
export const activateAccounts = setWise<AccountsInput>({
  permission: 'account.write',
  grade: 'moderate',
  readFor: async (db, inputs) => {
    const found = await findAccounts(db, namesIn(inputs))
    return async ({accounts}) => {
      const move = moveTo(found.meantBy(accounts), 'active')
      const {plan} = await planEach({...move, headline: (what) => `Let ${what} send again.`})
      return plan
    }
  },
})

function moveTo(things: readonly StoredAccount[], to: AccountStatus) {
  return {
    ...eachAccount,
    things,
    isSo: ({status}) => status === to,
    already: to,
    rowOf: (account) => moved(account, to),
  } satisfies Partial<Each<StoredAccount>>
}

function moved(account: StoredAccount, to: AccountStatus): RowChange {
  assertAccountMove(account.account, account.status, to)
  return accountRow(account, {status: account.status}, {status: to})
}

function whatSendsBy(
  accounts: readonly StoredAccount[],
  sending: Awaited<ReturnType<typeof listCampaignsBy>>,
): string[] {
  const ids = new Set<string | null>(accounts.map(({id}) => id))
  const theirs = sending.filter(({account_id: id}) => ids.has(id))
  const names = new Map(theirs.map(({id, name}) => [id, name])).values()
  return theirs.length === 0 ? [] : [`Sending by them now: ${firstFew([...names])}.`]
}
