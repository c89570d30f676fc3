import {randomUUID} from 'node:crypto'
import {Conflict} from '../../rules/errors.ts'
import type {VpsStatus} from '../../rules/vps-lifecycle.ts'
import type {Change} from '../plan.ts'

export interface AddVpsInput {
  /** The Hostwinds id. */
  name: string
  address: string | null
  region: string
  monthlyCost: string | null
  billingDay: number | null
  status: Extract<VpsStatus, 'active' | 'provisioning'>
}

/** Takes a new VPS into the platform's books; its IPs come with `pm ip add`. */
export const addVps: Change<AddVpsInput> = {
  permission: 'vps.write',
  grade: 'mild',
  plan: async (db, {name, address, region, monthlyCost, billingDay, status}) => {
    const known = await db
      .selectFrom('vps_instances')
      .where('hostwinds_instance_id', '=', name)
      .select('status')
      .executeTakeFirst()
    if (known)
      throw new Conflict(`There is a VPS ${name} already, ${known.status}.`, {hint: `Look at it: pm vps show ${name}`})
    const id = randomUUID()
    const after = {
      id,
      hostwinds_instance_id: name,
      ip_address: address,
      region,
      status,
      monthly_cost: monthlyCost,
      hostwinds_billing_day: billingDay,
    }
    return {
      headline: `Add the VPS ${name} in ${region}.`,
      subject: name,
      targets: [`vps:${name}`],
      rows: [{table: 'public.vps_instances', label: `vps ${name}`, key: {id}, before: null, after}],
      effects: [],
      warnings: [],
    }
  },
}
