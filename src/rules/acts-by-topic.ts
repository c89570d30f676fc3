/** Permissions as people read them: the acts that each topic allows, `ip` → `read, write`; topics in alphabetical order. */
export function actsByTopic(permissions: readonly string[]): Map<string, string[]> {
  const topics = [...Map.groupBy(permissions, topicOf)].sort(([one], [other]) => one.localeCompare(other))
  return new Map(topics.map(([topic, names]) => [topic, names.map((name) => actOf(name, topic))]))
}

function topicOf(permission: string): string {
  return permission.split('.')[0] ?? permission
}

// The platform's own permissions need not be called `<topic>.<act>`.
function actOf(permission: string, topic: string): string {
  return permission.slice(topic.length + 1) || permission
}
