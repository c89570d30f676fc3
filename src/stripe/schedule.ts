import type Stripe from 'stripe'
import {idOf} from './id-of.ts'
import {moment, momentOrNull} from './moment.ts'

/** A span of a schedule with its own prices. */
interface SchedulePhase {
  start_date: string
  end_date: string
  items: {price: string; quantity: number | null}[]
}

/** What changes a subscription by itself at set times (Stripe, "Subscription schedules"). */
export interface SubscriptionSchedule {
  id: string
  status: string
  /** release: the subscription goes on as the last phase left it; cancel: it ends. */
  end_behavior: string
  /** Scheduled by `schedulePlanChange`, and by nobody else. */
  made_by_pm: boolean
  current_phase_end: string | null
  phases: SchedulePhase[]
}

/** The metadata by which pm knows its own schedules again. */
export const madeByPm = {managed_by: 'pm'} as const

export function isMadeByPm({metadata}: Pick<Stripe.SubscriptionSchedule, 'metadata'>): boolean {
  return metadata?.['managed_by'] === madeByPm.managed_by
}

export function toSchedule(schedule: Stripe.SubscriptionSchedule): SubscriptionSchedule {
  return {
    id: schedule.id,
    status: schedule.status,
    end_behavior: schedule.end_behavior,
    made_by_pm: isMadeByPm(schedule),
    current_phase_end: momentOrNull(schedule.current_phase?.end_date),
    phases: schedule.phases.map(({start_date, end_date, items}) => ({
      start_date: moment(start_date),
      end_date: moment(end_date),
      items: items.map(({price, quantity}) => ({price: idOf(price), quantity: quantity ?? null})),
    })),
  }
}
