import {createServer, request} from 'node:https'
import type {AddressInfo} from 'node:net'
import {text} from 'node:stream/consumers'
import type {FetchText} from '../../../src/dns/extras/extra.ts'
import {issueCertificate, makeAuthority} from '../certificates.ts'

/** A web server for the policies of MTA-STS, by host, and what fetches them from there instead of the Internet. */
export async function startPolicyServer(
  policies: Readonly<Record<string, string>>,
): Promise<{fetchText: FetchText; close(): Promise<void>}> {
  const authority = makeAuthority('Policies')
  const {certificate, key} = issueCertificate(authority, {names: Object.keys(policies)})
  const server = createServer({cert: certificate, key}, (incoming, response) => {
    const policy = policies[incoming.headers.host ?? '']
    if (policy && incoming.url === '/.well-known/mta-sts.txt') response.end(policy)
    else response.writeHead(404).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const {port} = server.address() as AddressInfo
  const fetchText: FetchText = (url) => {
    const {hostname, pathname} = new URL(url)
    const where = {host: '127.0.0.1', port, path: pathname, servername: hostname, headers: {host: hostname}}
    return new Promise((resolve, reject) => {
      const asked = request({...where, ca: authority.certificate, agent: false}, async (response) => {
        if (response.statusCode === 200) resolve({text: await text(response)})
        else resolve({problem: `the server answers ${response.statusCode}`})
      })
      asked.on('error', reject).end()
    })
  }
  return {fetchText, close: () => new Promise((done) => server.close(() => done()))}
}
