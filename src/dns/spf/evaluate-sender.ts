import {findGround} from '../check/ground.ts'
import type {Dns} from '../dns.ts'
import {evaluateSpf} from './evaluate.ts'
import type {Verdict} from './verdict.ts'

/**
 * What a receiver makes of mail of a domain that comes from an address, as the domain's own servers have it.
 * @throws RangeError when the address is none
 */
export async function evaluateSender(
  dns: Dns,
  domain: string,
  {ip, helo}: {ip: string; helo: string | null},
): Promise<Verdict> {
  const ground = await findGround(dns, domain)
  return evaluateSpf(ground.source, {ip, helo: helo ?? ground.domain, mailFrom: `postmaster@${ground.domain}`})
}
