import {join} from 'node:path'

/** What lies in the sandbox's folder. A database is made beside its place and renamed, so it is whole or not there. */
export function partsOf(folder: string): {lock: string; database: string; making: string} {
  const database = join(folder, 'database')
  return {lock: join(folder, 'lock'), database, making: `${database}.making`}
}
