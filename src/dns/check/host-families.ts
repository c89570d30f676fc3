import {checkAddresses} from '../host/check-addresses.ts'
import {checkAlias} from '../host/check-alias.ts'
import {checkMx, type MxFacts} from '../mx/check.ts'
import type {Expectation} from '../records/expectation.ts'
import {type FamilyFindings, positionsOf, publishing, type Subject, storedTargets, targetsWith} from './subject.ts'

/** Where mail is received, and whether that is where it should; with what was read of the domain itself. */
export async function mxFamily(subject: Subject): Promise<{families: FamilyFindings[]; own: MxFacts | undefined}> {
  const {ground} = subject
  const checked = await Promise.all(
    targetsWith(ground.domain, subject, 'MX').map(async (target) => {
      const expected = target.stored.length > 0 ? target.stored.map(expectedMx) : null
      const to = {...publishing(ground, target.name, target.stored), expected}
      return {target, ...(await checkMx(ground.source, to))}
    }),
  )
  const families = checked.map(
    ({target, findings}): FamilyFindings => ({section: 'hosts', positions: positionsOf(target), findings}),
  )
  return {families, own: checked.find(({target}) => target.name === ground.domain)?.facts}
}

/** Addresses and aliases; only those that are stored are anybody's business. */
export function hostFamilies(subject: Subject): Promise<FamilyFindings>[] {
  return [...addresses(subject, 'A'), ...addresses(subject, 'AAAA'), ...aliases(subject)]
}

function addresses(subject: Subject, type: 'A' | 'AAAA'): Promise<FamilyFindings>[] {
  const {ground} = subject
  return storedTargets(subject, type).map(async (target): Promise<FamilyFindings> => {
    const {name, stored} = target
    const expected = stored.map(({value}) => value)
    const to = {...publishing(ground, ground.domain, stored), name, type, expected}
    const {findings} = await checkAddresses(ground.source, to)
    return {section: 'hosts', positions: positionsOf(target), findings}
  })
}

function aliases(subject: Subject): Promise<FamilyFindings>[] {
  const {ground} = subject
  return storedTargets(subject, 'CNAME').map(async (target): Promise<FamilyFindings> => {
    const {name, stored} = target
    const to = {...publishing(ground, ground.domain, stored), name, expected: stored[0]?.value ?? ''}
    const {findings} = await checkAlias(ground.source, to)
    return {section: 'hosts', positions: positionsOf(target), findings}
  })
}

function expectedMx({record}: Expectation) {
  const {priority, value, mx_hosts: addresses} = record
  return {preference: priority ?? 0, host: value, ...(addresses && addresses.length > 0 ? {addresses} : {})}
}
