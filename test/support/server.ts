import type {TestProject} from 'vitest/node'
import {startPostgres} from './postgres.ts'
import {makeTemplate} from './template.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The port of a real PostgreSQL server on loopback; it trusts every login. */
    postgresPort: number
  }
}

/** Starts one real PostgreSQL server for the whole run, with the sandbox's data in a template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres()
  await makeTemplate(server.port)
  project.provide('postgresPort', server.port)
  return server.stop
}
