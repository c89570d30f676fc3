/** What spending can be told apart by. */
export const costGroups = ['region', 'vps', 'tenant'] as const
export type CostGroup = (typeof costGroups)[number]
