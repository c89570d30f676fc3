import {randomBytes} from 'node:crypto'
import {sql} from 'kysely'
import {inject} from 'vitest'
import type {Connection, Server} from '../../src/db/connection.ts'
import {openServer} from '../../src/db/server.ts'
import {templateDatabase} from './template.ts'

/** A database of its own for one test, with the sandbox's data, on the real server. */
export interface TestDatabase {
  /** The superuser's connection, to look at what happened and to arrange what happens. */
  owner: Connection
  /** Where a login connects. */
  server(login: string): Server
  /** The same as a URL, or through a proxy that listens on another port. */
  url(login: string, port?: number): string
  drop(): Promise<void>
}

export async function freshDatabase(template: string = templateDatabase): Promise<TestDatabase> {
  const name = `pm_${randomBytes(6).toString('hex')}`
  await maintain(`create database ${name} template ${template} strategy file_copy`)
  const server = (user: string): Server => ({
    host: '127.0.0.1',
    port: inject('postgresPort'),
    database: name,
    user,
    tls: false,
  })
  const owner = openServer(server('postgres'), 'pm test', 10)
  return {
    owner,
    server,
    url: (login, port = inject('postgresPort')) => `postgres://${login}@127.0.0.1:${port}/${name}`,
    drop: async () => {
      await owner.close()
      await maintain(`drop database ${name} with (force)`)
    },
  }
}

/** An empty database, as an owner of a new platform has. */
export function emptyDatabase(): Promise<TestDatabase> {
  return freshDatabase('template0')
}

async function maintain(statement: string): Promise<void> {
  const connection = openServer(
    {host: '127.0.0.1', port: inject('postgresPort'), database: 'postgres', user: 'postgres', tls: false},
    'pm test',
  )
  await sql.raw(statement).execute(connection.db)
  await connection.close()
}
