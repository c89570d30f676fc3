import type {Reader} from '../../db/transaction.ts'
import {isAnyOf} from '../any-of.ts'
import {type Found, foundBy, type Naming, oneNamed} from '../each-named.ts'
import {firstBeginning, isNamed} from '../names.ts'
import {inPrefixOrder} from '../prefix.ts'
import {isUuid} from '../tenant/matches.ts'
import {type CampaignRow, selectCampaigns} from './columns.ts'

/** The campaigns with these ids or, in any case, names. */
export async function findCampaigns(db: Reader, named: readonly string[]): Promise<Found<CampaignRow>> {
  return foundBy(await candidates(db, named), naming)
}

/** @throws NotFound, Conflict */
export async function getCampaign(db: Reader, named: string): Promise<CampaignRow> {
  return oneNamed(named, await candidates(db, [named]), naming)
}

const naming: Naming<CampaignRow> = {
  noun: 'campaign',
  nouns: ['campaign', 'campaigns'],
  names: ({campaign}) => [campaign],
  hint: 'See which there are: pm campaign list',
}

async function candidates(db: Reader, named: readonly string[]): Promise<CampaignRow[]> {
  const campaigns = selectCampaigns(db).orderBy('c.id')
  const ids = named.filter(isUuid)
  const names = named.filter((name) => !isUuid(name))
  return [
    ...(await campaigns.where(isAnyOf('c.id', ids, 'uuid')).execute()),
    ...(await campaigns.where(isNamed(db, 'c.id', 'pm.campaign_names', names)).execute()),
  ]
}

/** What a prompt offers of campaigns whose name begins with what was typed so far. */
export async function searchCampaigns(db: Reader, typed: string) {
  const campaigns = await selectCampaigns(db)
    .innerJoin(firstBeginning(db, 'pm.campaign_names', typed, 20).as('n'), 'n.id', 'c.id')
    .orderBy(inPrefixOrder('n.name'))
    .orderBy('c.id')
    .execute()
  return campaigns.map(({id, campaign, tenant, status}) => ({
    value: id,
    name: `${campaign}  ${tenant ?? '-'}, ${status ?? '-'}`,
  }))
}
