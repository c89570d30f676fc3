import type {Lookup} from '../answer.ts'
import {couldNotAsk} from '../could-not-ask.ts'
import {liveAnswer} from '../live-answer.ts'
import {type Publishing, publish} from '../publishing.ts'
import {type Checked, reportOn} from '../report.ts'
import {hostKinds} from './kinds.ts'
import {spelled} from './resolve-host.ts'

export interface AddressTarget extends Publishing {
  name: string
  type: 'A' | 'AAAA'
  /** Every address the name is to have. */
  expected: readonly string[]
}

export interface AddressFacts {
  /** In one spelling each; null where they could not be learned. */
  addresses: readonly string[] | null
  missing: readonly string[]
  extra: readonly string[]
}

/** Compares the addresses of a name with those expected, as sets and whatever their spelling. */
export async function checkAddresses(lookup: Lookup, target: AddressTarget): Promise<Checked<AddressFacts>> {
  const {name, type} = target
  const expected = target.expected.map(spelled)
  const about = {subject: `${type} ${name}`, name, type, expected: expected.join(', ')}
  const answer = await lookup(name, type)
  if (answer.outcome === 'failed') {
    return {findings: [couldNotAsk(about, answer)], facts: {addresses: null, missing: [], extra: []}}
  }
  const addresses = answer.outcome === 'found' ? answer.records.map(({data}) => spelled(data)) : []
  const missing = expected.filter((address) => !addresses.includes(address))
  const extra = addresses.filter((address) => !expected.includes(address))
  const report = reportOn(hostKinds, () => ({...about, live: [liveAnswer(answer)]}))
  const has =
    addresses.length > 0
      ? `has ${addresses.join(', ')}`
      : `has none (${answer.outcome === 'absent' ? answer.rcode : ''})`
  const findings = [
    ...missing.map((value) =>
      report('HOST_ADDRESS_MISSING', `${name} ${has}, and lacks ${value}.`, {
        fix: publish(target, {name, type, value}),
      }),
    ),
    ...(extra.length > 0
      ? [report('HOST_ADDRESS_EXTRA', `${name} also has ${extra.join(', ')}. Remove what is not in use.`)]
      : []),
  ]
  return {findings, facts: {addresses, missing, extra}}
}
