import http, {type IncomingMessage} from 'node:http'
import https from 'node:https'
import {isIP, type LookupFunction} from 'node:net'
import type {FetchText} from './extra.ts'

const patienceMs = 10_000
/** RFC 8461 §3.2 lets a policy be 64 kB at most. */
const mostBytes = 64_000

/** Fetches a policy as RFC 8461 §3.3 asks: by a certificate that holds, without following redirects, and not for ever. */
export const fetchText: FetchText = async (url, addresses) => {
  try {
    const response = await responseOf(url, addresses)
    if (response.statusCode === 200) return await textOf(response)
    response.destroy()
    return {problem: `the server answers ${response.statusCode}`}
  } catch (error) {
    return {problem: reasonOf(error)}
  }
}

function responseOf(url: string, addresses: readonly string[]): Promise<IncomingMessage> {
  const {get} = url.startsWith('https:') ? https : http
  const options = {agent: false, signal: AbortSignal.timeout(patienceMs), lookup: leadingTo(addresses)}
  return new Promise((resolve, reject) => get(url, options, resolve).on('error', reject))
}

/** In place of the operating system's: it may know another world than the servers that were asked. */
function leadingTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({address, family: isIP(address)}))
  return (_host, {all}, answer) => (all ? answer(null, found) : answer(null, found[0]?.address ?? '', found[0]?.family))
}

async function textOf(response: IncomingMessage): Promise<{text: string} | {problem: string}> {
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
  if (error.name === 'AbortError') return `no answer in ${patienceMs / 1_000} s`
  // Of several addresses each failed in its way, and the error for all of them says nothing.
  const [first] = error instanceof AggregateError ? error.errors : []
  return first instanceof Error ? first.message : error.message
}
