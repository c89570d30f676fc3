import {Conflict} from './errors.ts'

/** The states of a campaign (guide: campaigns.status), in the order it goes through them. */
export const campaignStatuses = ['draft', 'scheduled', 'sending', 'paused', 'completed'] as const
export type CampaignStatus = (typeof campaignStatuses)[number]

/** What operators may do to a campaign: hold it, and let it go on. Everything else is the tenant's, or the sender's. */
export const campaignMoves: Readonly<Record<CampaignStatus, readonly CampaignStatus[]>> = {
  draft: [],
  scheduled: ['paused'],
  sending: ['paused'],
  paused: ['scheduled', 'sending'],
  completed: [],
}

/** @throws Conflict saying which moves are legal when `to` cannot follow `from`. */
export function assertCampaignMove(campaign: string, from: CampaignStatus | null, to: CampaignStatus): void {
  const legal = from === null ? [] : campaignMoves[from]
  if (legal.includes(to)) return
  throw new Conflict(`${campaign} is ${from ?? 'in no state'} and cannot become ${to}.`, {
    hint: 'One that is scheduled or sending can be paused; one that is paused can be resumed.',
    details: {campaign, from, to, legal},
  })
}

/** What a paused campaign becomes: it waits for its time where that has not come yet, else it sends. */
export function resumedStatus(scheduled: string | null, now: string): 'scheduled' | 'sending' {
  return scheduled !== null && Date.parse(scheduled) > Date.parse(now) ? 'scheduled' : 'sending'
}
