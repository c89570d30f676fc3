import {randomBytes} from 'node:crypto'
import {afterAll} from 'vitest'
import {freshDatabase, type TestDatabase} from '../../support/database.ts'
import {ask} from '../../support/records.ts'

/** Logins that one test may shut out: the seeded ones are also those of all other databases of the server. */
export interface OwnLogins {
  /** Gives people on the staff a login each, which op_admin may do everything about; their names, in that order. */
  give(database: TestDatabase, ...emails: readonly string[]): Promise<string[]>
}

/** Drops the logins at the end: they belong to the whole server. */
export function useOwnLogins(): OwnLogins {
  const made: string[] = []
  afterAll(async () => {
    const last = await freshDatabase()
    for (const login of made) await ask(last, `drop role if exists ${login}`)
    await last.drop()
  })
  return {
    give: async (database, ...emails) => {
      const logins = emails.map(() => `op_${randomBytes(5).toString('hex')}`)
      made.push(...logins)
      for (const [at, login] of logins.entries()) await give(database, emails[at] ?? '', login)
      return logins
    },
  }
}

async function give(database: TestDatabase, email: string, login: string): Promise<void> {
  const user = `(select id from users where email = '${email}')`
  await ask(database, `delete from pm.operator_logins where user_id = ${user}`)
  await ask(database, `create role ${login} login; grant ${login} to op_admin with admin option`)
  await ask(
    database,
    `grant pm_operator to ${login} granted by op_admin;
    insert into pm.operator_logins (login, user_id) values ('${login}', ${user}) on conflict (login) do nothing`,
  )
}
