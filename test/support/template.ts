import {sql} from 'kysely'
import {fillSandbox} from '../../src/db/sandbox.ts'
import {openServer} from '../../src/db/server.ts'

/** The sandbox's data stands in this database; tests clone it. */
export const templateDatabase = 'pm_template'

/** Makes the template database on a server. */
export async function makeTemplate(port: number): Promise<void> {
  const owner = {host: '127.0.0.1', port, user: 'postgres', tls: false} as const
  const maintenance = openServer({...owner, database: 'postgres'}, 'pm test')
  await sql.raw(`create database ${templateDatabase}`).execute(maintenance.db)
  await maintenance.close()
  const template = openServer({...owner, database: templateDatabase}, 'pm test')
  await fillSandbox(template.db, new Date())
  await template.close()
}
