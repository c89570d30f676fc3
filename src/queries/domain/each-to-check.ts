import type {Reader} from '../../db/transaction.ts'
import {type DomainToCheck, listToCheck, pageSize, pageToCheck, type ToCheckFilter} from './to-check.ts'

/** Reads in a transaction of its own, so that none is open while DNS is slow. */
type Read = <T>(work: (db: Reader) => Promise<T>) => Promise<T>

/** The domains that a filter lets through, each page of them read when its turn comes. */
export async function* eachChosen(read: Read, filter: ToCheckFilter): AsyncGenerator<DomainToCheck> {
  let {after} = filter
  while (true) {
    const page = await read((db) => pageToCheck(db, {...filter, after}))
    yield* page
    if (page.length === 0) return
    after = page.at(-1)?.id
  }
}

/** The domains with these ids in their order, each page of them read when its turn comes. */
export async function* eachWithId(read: Read, ids: readonly string[]): AsyncGenerator<DomainToCheck> {
  for (let at = 0; at < ids.length; at += pageSize) {
    yield* await read((db) => listToCheck(db, ids.slice(at, at + pageSize)))
  }
}
