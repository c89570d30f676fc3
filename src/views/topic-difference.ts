import type {View} from '../output/view.ts'
import type {TopicDifference} from '../rules/permission-difference.ts'

/** What somebody will be able to do, and what no more. */
export const topicDifferenceView: View<TopicDifference> = {
  noun: 'topic',
  plural: 'topics',
  name: 'topic',
  fields: {topic: {kind: 'text'}, gains: {kind: 'list'}, loses: {kind: 'list'}},
  table: ['topic', 'gains', 'loses'],
}
