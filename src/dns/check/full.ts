import {blocklistCheck} from '../blocklist/check.ts'
import type {Dns} from '../dns.ts'
import {textFetcher} from '../extras/fetch-text.ts'
import type {More} from './subject.ts'

/**
 * All that is checked beyond the records that mail needs; one for a run, so that each list is put to the test once.
 * @param dqsKey the key for Spamhaus's Data Query Service, a secret
 * @throws UsageError when the key is none
 */
export function fullCheck({lookup, signal}: Dns, dqsKey: string | null): More {
  return {extras: {fetchText: textFetcher(signal)}, blocklists: blocklistCheck(lookup, {dqsKey})}
}
