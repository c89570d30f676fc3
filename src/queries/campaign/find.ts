import {sql} from 'kysely'
import type {Reader} from '../../db/transaction.ts'
import {Conflict, NotFound} from '../../rules/errors.ts'
import {isAnyOf} from '../any-of.ts'
import {beginsWith} from '../prefix.ts'
import {isUuid} from '../tenant/matches.ts'
import {type CampaignRow, selectCampaigns} from './columns.ts'

/**
 * The campaigns with these ids or, in any case, names, in the order given.
 * @throws NotFound naming every unknown one; Conflict listing the ids where several campaigns have a name.
 */
export async function getCampaigns(db: Reader, named: readonly string[]): Promise<CampaignRow[]> {
  const found = await candidates(db, named)
  const byId = Map.groupBy(found, ({id}) => id)
  const byName = Map.groupBy(found, ({campaign}) => campaign.toLowerCase())
  const of = (name: string) => byId.get(name.toLowerCase()) ?? byName.get(name.toLowerCase()) ?? []
  const missing = named.filter((name) => of(name).length === 0)
  if (missing.length > 0) throw unknown(missing)
  return [...new Set(named.map((name) => onlyOne(name, of(name))))]
}

/** @throws NotFound, Conflict */
export async function getCampaign(db: Reader, named: string): Promise<CampaignRow> {
  const [campaign] = await getCampaigns(db, [named])
  if (!campaign) throw unknown([named])
  return campaign
}

async function candidates(db: Reader, named: readonly string[]): Promise<CampaignRow[]> {
  const ids = named.filter(isUuid)
  const names = named.filter((name) => !isUuid(name)).map((name) => name.toLowerCase())
  const byId =
    ids.length === 0
      ? []
      : await selectCampaigns(db)
          .where(isAnyOf('c.id', ids, 'uuid'))
          .execute()
  if (names.length === 0) return byId
  const byName = await selectCampaigns(db)
    .where(sql<boolean>`lower(c.name) = any(${names}::text[])`)
    .orderBy('c.id')
    .execute()
  return [...byId, ...byName]
}

function onlyOne(name: string, found: readonly CampaignRow[]): CampaignRow {
  const [campaign, another] = found
  if (campaign && !another) return campaign
  throw new Conflict(`Several campaigns are named ${name}.`, {
    hint: `Give the id: ${found.map(({id, tenant}) => `${id} (${tenant ?? '-'})`).join(', ')}`,
    details: found,
  })
}

function unknown(missing: readonly string[]): NotFound {
  const shown = missing.slice(0, 5).join(', ') + (missing.length > 5 ? ` and ${missing.length - 5} more` : '')
  return new NotFound(`No campaign${missing.length === 1 ? '' : 's'} ${shown}.`, {
    hint: 'See which there are: pm campaign list',
    details: {missing},
  })
}

/** What a prompt offers of campaigns whose name begins with what was typed so far. */
export async function searchCampaigns(db: Reader, typed: string) {
  const campaigns = await selectCampaigns(db)
    .where(beginsWith('c.name', typed))
    .orderBy('c.name')
    .orderBy('c.id')
    .limit(20)
    .execute()
  return campaigns.map(({id, campaign, tenant, status}) => ({
    value: id,
    name: `${campaign}  ${tenant ?? '-'}, ${status ?? '-'}`,
  }))
}
