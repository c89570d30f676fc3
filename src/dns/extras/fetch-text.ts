import type {IncomingMessage} from 'node:http'
import {get, type RequestOptions} from 'node:https'
import {isIP, type LookupFunction} from 'node:net'
import type {FetchText} from './extra.ts'

/** RFC 8461 §3.2 lets a policy be 64 kB at most. */
const mostBytes = 64_000

/**
 * What fetches a policy as RFC 8461 §3.3 asks: by HTTPS with a certificate that holds, without following redirects, and
 * not for ever.
 * @param run the signal that ends the run
 */
export function textFetcher(run: AbortSignal | undefined, patienceMs = 10_000): FetchText {
  return async (url, addresses) => {
    const patience = AbortSignal.timeout(patienceMs)
    try {
      return await textAt(url, addresses, run ? AbortSignal.any([run, patience]) : patience)
    } catch (error) {
      run?.throwIfAborted()
      return {problem: patience.aborted ? `no answer in ${patienceMs / 1_000} s` : reasonOf(error)}
    }
  }
}

type Fetched = Awaited<ReturnType<FetchText>>

async function textAt(url: string, addresses: readonly string[], signal: AbortSignal): Promise<Fetched> {
  const response = await responseOf(url, {agent: false, signal, lookup: leadingTo(addresses)})
  if (response.statusCode === 200) return await textOf(response)
  response.destroy()
  return {problem: `the server answers ${response.statusCode}`}
}

function responseOf(url: string, options: RequestOptions): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get(url, options, resolve).on('error', reject))
}

/** In place of the operating system's: it may know another world than the servers that were asked. */
function leadingTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({address, family: isIP(address)}))
  return (_host, {all}, answer) => (all ? answer(null, found) : answer(null, found[0]?.address ?? '', found[0]?.family))
}

async function textOf(response: IncomingMessage): Promise<Fetched> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response) {
    bytes += chunk.length
    if (bytes > mostBytes) return {problem: `it is larger than ${mostBytes} bytes`}
    chunks.push(chunk)
  }
  return {text: Buffer.concat(chunks).toString()}
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // Of several addresses each failed in its way, and the error for all of them says nothing.
  const [first] = error instanceof AggregateError ? error.errors : []
  return first instanceof Error ? first.message : error.message
}
