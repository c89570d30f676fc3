import {delegationKinds} from '../delegation/kinds.ts'
import type {Finding, Level} from '../finding.ts'
import {isWithin} from '../zone-names.ts'

const gravity: Readonly<Record<Level, number>> = {error: 3, unknown: 2, warning: 1, info: 0}

/**
 * Parts findings into those that stand for themselves and those that another one explains: it names their code as its
 * effect, is about the same thing, and is no less grave. What a root then names as its effects are those that were found.
 */
export function mute<One extends Finding>(findings: readonly One[]): {findings: One[]; muted: One[]} {
  const roots = findings.filter(({cause_of: effects}) => effects.length > 0)
  if (roots.length === 0) return {findings: [...findings], muted: []}
  const muted = findings.filter((effect) => roots.some((root) => explains(root, effect)))
  const standing = findings
    .filter((finding) => !muted.includes(finding))
    .map((one) =>
      roots.includes(one) ? {...one, cause_of: codesOf(muted.filter((effect) => explains(one, effect)))} : one,
    )
  return {findings: standing, muted}
}

function explains(root: Finding, effect: Finding): boolean {
  return root.cause_of.includes(effect.code) && isAbout(root, effect) && gravity[root.level] >= gravityOf(effect)
}

/** Without an answer to go by, nothing is graver than that nobody could be asked. */
function gravityOf({level, live}: Finding): number {
  return live.length > 0 ? gravity[level] : Math.min(gravity[level], gravity.unknown)
}

/** What is wrong with the servers of a zone concerns every name in it; all else only its own record. */
function isAbout(root: Finding, effect: Finding): boolean {
  if (Object.hasOwn(delegationKinds, root.code)) return isWithin(effect.name, root.name)
  return root.name === effect.name && root.type === effect.type
}

function codesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({code}) => code))]
}
