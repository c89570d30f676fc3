import type {StoredAccount} from '../../queries/account/find.ts'
import type {Each} from '../each.ts'
import type {Columns} from '../plan.ts'

export interface AccountsInput {
  /** Addresses or ids. */
  accounts: readonly string[]
}

/** What all of them name. */
export function namesIn(inputs: readonly AccountsInput[]): string[] {
  return inputs.flatMap(({accounts}) => accounts)
}

/** What all changes of e-mail accounts have in common. */
export const eachAccount = {
  nouns: ['account', 'accounts'],
  nameOf: ({account}: StoredAccount) => account,
  targetOf: ({account}: StoredAccount) => `account:${account}`,
} as const satisfies Partial<Each<StoredAccount>>

export function accountRow({id, account}: StoredAccount, before: Columns, after: Columns) {
  return {table: 'public.email_accounts', label: `account ${account}`, key: {id}, before, after} as const
}
