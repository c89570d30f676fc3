import type {Fact} from '../fact.ts'
import {policyName, type RaisingPolicy} from '../raising-policies.ts'
import type {Finding} from './finding.ts'

/** A policy that raises, as a finding. */
export function raisingFinding(policy: RaisingPolicy): Finding {
  const {settings, before, after} = policy
  const expected = after && [after.using, after.check].filter((part) => part !== null).join(' · ')
  return {
    kind: 'policy',
    object: policyName(policy),
    finding: 'raises',
    expected,
    found: [before.using, before.check].filter((part) => part !== null).join(' · '),
    hint: after
      ? 'pm db setup --mend-policies'
      : `It makes something of null itself: see by hand that it holds where ${settings.join(', ')} is unset or empty.`,
  }
}

/** Whether a fact is about one of these policies; what raises is compared when it is mended. */
export function isAbout({kind, of, name}: Fact, policies: readonly RaisingPolicy[]): boolean {
  return kind === 'policy' && policies.some(({schema, table, policy}) => of === `${schema}.${table}` && name === policy)
}
