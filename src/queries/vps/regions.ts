import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'

/** What a prompt offers of the regions in which there are VPS instances. */
export async function searchRegions(db: Reader, typed: string) {
  const regions = await db
    .selectFrom('vps_instances as v')
    .where(sql<boolean>`starts_with(lower(v.region), lower(${typed}))`)
    .select(['v.region', (eb) => eb.fn.countAll<number>().as('instances')])
    .groupBy('v.region')
    .orderBy('v.region')
    .limit(50)
    .execute()
  return regions.flatMap(({region, instances}) =>
    region === null ? [] : {value: region, name: `${region}  ${instances} VPS`},
  )
}
