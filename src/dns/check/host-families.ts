import {checkAddresses} from '../host/check-addresses.ts'
import {checkAlias} from '../host/check-alias.ts'
import {checkMx, type MxFacts} from '../mx/check.ts'
import type {Expectation} from '../records/expectation.ts'
import {type FamilyCheck, positionsOf, publishing, type Subject, storedTargets, targetsWith} from './subject.ts'

/** Where mail is received, and whether that is where it should; of the domain itself in any case. */
export function mxChecks(subject: Subject): FamilyCheck<MxFacts>[] {
  const {ground} = subject
  return targetsWith(ground.domain, subject, 'MX').map((target) => {
    const {name, stored} = target
    const expected = stored.length > 0 ? stored.map(expectedMx) : null
    const checked = checkMx(ground.source, {...publishing(ground, name, stored), expected})
    return {section: 'hosts', name, positions: positionsOf(target), checked}
  })
}

/** Addresses and aliases; only those that are stored are anybody's business. */
export function hostChecks(subject: Subject): FamilyCheck[] {
  return [...addressChecks(subject, 'A'), ...addressChecks(subject, 'AAAA'), ...aliasChecks(subject)]
}

function addressChecks(subject: Subject, type: 'A' | 'AAAA'): FamilyCheck[] {
  const {ground} = subject
  return storedTargets(subject, type).map((target) => {
    const {name, stored} = target
    const expected = stored.map(({value}) => value)
    const to = {...publishing(ground, ground.domain, stored), name, type, expected}
    return {section: 'hosts', name, positions: positionsOf(target), checked: checkAddresses(ground.source, to)}
  })
}

function aliasChecks(subject: Subject): FamilyCheck[] {
  const {ground} = subject
  return storedTargets(subject, 'CNAME').map((target) => {
    const {name, stored} = target
    const to = {...publishing(ground, ground.domain, stored), name, expected: stored[0]?.value ?? ''}
    return {section: 'hosts', name, positions: positionsOf(target), checked: checkAlias(ground.source, to)}
  })
}

function expectedMx({record}: Expectation) {
  const {priority, value, mx_hosts: addresses} = record
  return {preference: priority ?? 0, host: value, ...(addresses && addresses.length > 0 ? {addresses} : {})}
}
