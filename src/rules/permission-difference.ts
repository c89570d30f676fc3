import {actsByTopic} from './acts-by-topic.ts'

/** What somebody gains and loses in one topic, by act: `write`. */
export interface TopicDifference {
  topic: string
  gains: string[]
  loses: string[]
}

/** What changes for whoever might do the one and now may do the other, by topic; topics where nothing changes are left out. */
export function permissionDifference(before: readonly string[], after: readonly string[]): TopicDifference[] {
  const gained = actsByTopic(after.filter((name) => !before.includes(name)))
  const lost = actsByTopic(before.filter((name) => !after.includes(name)))
  const topics = [...new Set([...gained.keys(), ...lost.keys()])].sort()
  return topics.map((topic) => ({topic, gains: gained.get(topic) ?? [], loses: lost.get(topic) ?? []}))
}
