import type {Section} from '../output/detail.ts'
import {actsByTopic} from '../rules/acts-by-topic.ts'

/** What somebody, or a role, may do: a line for each topic. */
export function permissionsSection(permissions: readonly string[]): Section {
  const title = 'May'
  if (permissions.length === 0) return {title, lines: [{text: 'Nothing.', tone: 'dim'}]}
  return {title, pairs: [...actsByTopic(permissions)].map(([topic, acts]) => [topic, acts.join(', ')])}
}
