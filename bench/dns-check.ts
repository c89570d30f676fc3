import type {DomainCheck} from '../src/dns/check/domain-check.ts'
import {checkDomain, type DomainToCheck} from '../src/dns/check-domain.ts'
import {type Dns, openDns} from '../src/dns/dns.ts'
import {inFlight} from '../src/dns/in-flight.ts'
import {storedDomain} from './dns-zones.ts'

/** Domains under way at the same time, as `pm domain check` has them. */
const atOnce = 256

/** DNS as the server of the bench has it. */
export function openBench(port: number): Dns {
  return openDns({resolvers: [{address: '127.0.0.31', port}], authorityPort: port, ipv6: false})
}

export function* stored(from: number, count: number): Generator<DomainToCheck> {
  for (let at = from; at < from + count; at += 1) yield storedDomain(at)
}

/** Checks domains; every one of them is right, so whatever is found is false. */
export async function check(
  dns: Dns,
  toCheck: Iterable<DomainToCheck>,
  seen: (done: number) => void = () => {},
): Promise<void> {
  let done = 0
  for await (const check of inFlight(toCheck, atOnce, (domain) => checkDomain(dns, domain, {extras: {}}))) {
    if (!isRight(check)) throw new Error(`A false finding under load: ${JSON.stringify(check, null, 2)}`)
    done += 1
    seen(done)
  }
}

function isRight({findings, verdicts}: DomainCheck): boolean {
  const isGrave = findings.some(({level}) => level === 'error' || level === 'unknown')
  return !isGrave && verdicts.length === 4 && verdicts.every(({state}) => state === 'ok')
}
