/** Something that can be done with a thing: the command, and what has to be said besides the thing. */
export interface Act {
  command: string
  /** What stands behind the thing; undefined where the command asks for it itself, or needs nothing. */
  more: string | undefined
}

const act = (command: string, more?: string): Act => ({command, more})

/** What can be done with what a command shows, by that command's topic; the thing is the first argument of each. */
export const acts: Readonly<Record<string, readonly Act[]>> = {
  ip: [
    act('ip quarantine'),
    act('ip release'),
    act('ip check'),
    act('ip rate', 'good, fair, poor or critical'),
    act('ip retire'),
  ],
  domain: [
    act('domain doctor'),
    act('domain check'),
    act('domain watch'),
    act('domain ips'),
    act('ip assign'),
    act('domain zone'),
    act('domain dkim rotate'),
    act('domain deployed'),
    act('domain set-primary'),
    act('domain remove'),
  ],
  tenant: [
    act('tenant usage'),
    act('tenant dns'),
    act('tenant users'),
    act('tenant companies'),
    act('tenant config show'),
    act('tenant policy show'),
    act('subscription show'),
    act('tenant delete'),
    act('tenant restore'),
  ],
  job: [act('job results'), act('job watch'), act('job pause'), act('job resume'), act('job retry'), act('job cancel')],
  campaign: [act('campaign pause'), act('campaign resume')],
  account: [act('account suspend'), act('account activate'), act('account reset-count')],
  company: [act('company set-status', 'the new status')],
  vps: [act('vps decommission', '--on and the date: --on 2027-01-31'), act('vps keep')],
  flags: [
    act('flags enable'),
    act('flags disable'),
    act('flags rollout', 'the percentage, 0 to 100'),
    act('flags history'),
  ],
  plan: [act('plan subscribers'), act('plan activate'), act('plan deactivate'), act('plan open')],
  payment: [act('payment open')],
  staff: [act('staff remove'), act('staff revoke')],
  config: [act('config unset')],
  audit: [act('audit undo')],
}
