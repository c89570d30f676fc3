import {type Dns, openDns} from './dns.ts'
import {parseServer} from './wire/server-address.ts'

/** What an operator said about the servers to ask. */
export interface ChosenServers {
  server?: readonly string[] | undefined
  'authority-port'?: number | undefined
}

/** DNS through the servers that were chosen, or this machine's. @throws UsageError for what is no address */
export function openChosen({server, 'authority-port': port}: ChosenServers, signal: AbortSignal): Dns {
  return openDns({
    signal,
    ...(server && server.length > 0 ? {resolvers: server.map(parseServer)} : {}),
    ...(port === undefined ? {} : {authorityPort: port}),
  })
}
