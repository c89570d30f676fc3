import type {BlocklistStatus} from '../../dns/blocklist/status.ts'
import {getIps} from '../../queries/ip/find.ts'
import type {Change} from '../plan.ts'
import {storable} from '../storable.ts'

/** Stores what blocklists said of an IP, and when. What could not be asked is in there as unknown, never as clean. */
export const storeIpCheck: Change<{ip: string; status: BlocklistStatus}> = {
  permission: 'ip.write',
  grade: 'mild',
  plan: async (db, {ip: address, status: {checked_at, listed, lists}}) => {
    const rows = (await getIps(db, [address])).map(({id, ip}) => ({
      table: 'public.smtp_ip_addresses' as const,
      label: `ip ${ip}`,
      key: {id},
      before: {},
      after: {
        provider_blacklist_status: {checked_at, listed, lists: storableLists(lists)},
        last_reputation_check: checked_at,
      },
    }))
    const targets = [`ip:${address}`]
    return {headline: `Store the check of ${address}.`, subject: address, targets, rows, effects: [], warnings: []}
  },
}

/** The reasons are what a list answered, whatever that is. */
function storableLists(lists: BlocklistStatus['lists']): BlocklistStatus['lists'] {
  const entries = Object.entries(lists).map(([zone, list]) => [
    zone,
    'reason' in list ? {...list, reason: storable(list.reason)} : list,
  ])
  return Object.fromEntries(entries)
}
