import type {AppliedPolicy} from '../dmarc/applied-policy.ts'
import type {Publishing} from '../publishing.ts'

/**
 * Fetches a document over HTTPS from one of these addresses of its host: redirects are not followed, the certificate is
 * checked (RFC 8461 §3.3). Rejects only with the reason of the run's signal.
 */
export type FetchText = (url: string, addresses: readonly string[]) => Promise<{text: string} | {problem: string}>

export interface ExtraTarget extends Publishing {
  /** Tells the hosts the domain receives mail at; null where that is not known. */
  mxHosts: () => Promise<readonly string[] | null>
  /** Tells the DMARC policy that applies; null where there is none, or that is not known. */
  dmarc: () => Promise<AppliedPolicy | null>
  /** Without it the policy of MTA-STS is not looked at. */
  fetchText?: FetchText
}
