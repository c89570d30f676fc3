import {type Dns, openDns} from './dns.ts'
import {parseServer} from './wire/server-address.ts'

/** What an operator said about the servers to ask. */
export interface ChosenServers {
  server?: readonly string[] | undefined
  'authority-port'?: number | undefined
}

/**
 * Lets something ask DNS, through the servers that were chosen or this machine's, with nothing remembered; closed when it
 * is done. @throws UsageError for what is no address
 */
export async function withDns<Result>(
  {server, 'authority-port': port}: ChosenServers,
  signal: AbortSignal,
  work: (dns: Dns) => Promise<Result>,
): Promise<Result> {
  const dns = openDns({
    signal,
    ...(server && server.length > 0 ? {resolvers: server.map(parseServer)} : {}),
    ...(port === undefined ? {} : {authorityPort: port}),
  })
  try {
    return await work(dns)
  } finally {
    dns.client.close()
  }
}
