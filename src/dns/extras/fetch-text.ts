import type {FetchText} from './extra.ts'

const patienceMs = 10_000
/** RFC 8461 §3.2 lets a policy be 64 kB at most. */
const mostBytes = 64_000

/** Fetches a policy as RFC 8461 §3.3 asks: by a certificate that holds, without following redirects, and not for ever. */
export const fetchText: FetchText = async (url) => {
  try {
    const response = await fetch(url, {redirect: 'manual', signal: AbortSignal.timeout(patienceMs)})
    if (response.status !== 200) return {problem: `the server answers ${response.status}`}
    return await textOf(response)
  } catch (error) {
    return {problem: reasonOf(error)}
  }
}

async function textOf(response: Response): Promise<{text: string} | {problem: string}> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > mostBytes) return {problem: `it is larger than ${mostBytes} bytes`}
    chunks.push(chunk)
  }
  return {text: Buffer.concat(chunks).toString()}
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer in ${patienceMs / 1_000} s`
  return error.cause instanceof Error ? error.cause.message : error.message
}
