import {createServer as createPlainServer} from 'node:http'
import {createServer, type Server} from 'node:https'
import type {AddressInfo} from 'node:net'
import {getCACertificates, setDefaultCACertificates} from 'node:tls'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {textFetcher} from '../../../src/dns/extras/fetch-text.ts'
import {issueCertificate, makeAuthority} from '../../support/certificates.ts'

const host = 'mta-sts.acme.example'
const here = ['127.0.0.1']
const trusted = getCACertificates('default')
const fetchText = textFetcher(undefined)
let server: Server
let base: string

beforeAll(async () => {
  const authority = makeAuthority('Policies')
  setDefaultCACertificates([...trusted, authority.certificate])
  const {certificate: cert, key} = issueCertificate(authority, {names: [host]})
  server = createServer({cert, key}, (request, response) => {
    if (request.url === '/policy') response.end('version: STSv1\nmode: enforce\n')
    else if (request.url === '/moved') response.writeHead(301, {location: '/policy'}).end()
    else if (request.url === '/endless') response.end('x'.repeat(64_001))
    else if (request.url === '/broken') request.socket.destroy()
    else if (request.url === '/stalled') response.write('version: STSv1\n')
    else if (request.url !== '/silent') response.writeHead(404).end('version: STSv1')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  base = `https://${host}:${(server.address() as AddressInfo).port}`
})

afterAll(() => {
  setDefaultCACertificates(trusted)
  server.closeAllConnections()
  server.close()
})

test('a policy comes as it is, from an address that is not asked for again', async () => {
  expect(await fetchText(`${base}/policy`, here)).toEqual({text: 'version: STSv1\nmode: enforce\n'})
})

test.each([
  ['/moved', 'the server answers 301'],
  ['/nothing', 'the server answers 404'],
  ['/endless', 'it is larger than 64000 bytes'],
  ['/broken', 'socket hang up'],
])('%s is a problem, and no policy', async (path, problem) => {
  expect(await fetchText(`${base}${path}`, here)).toEqual({problem})
})

test.each(['/silent', '/stalled'])('%s is given up after a while', async (path) => {
  expect(await textFetcher(undefined, 100)(`${base}${path}`, here)).toEqual({problem: 'no answer in 0.1 s'})
})

test.each(['/silent', '/stalled'])(
  '%s is given up with the run, and is no problem of the server then',
  async (path) => {
    const run = new AbortController()
    const fetched = textFetcher(run.signal)(`${base}${path}`, here)
    setTimeout(() => run.abort(new Error('interrupted')), 50)
    await expect(fetched).rejects.toThrow('interrupted')
  },
)

test('a host that nobody is at is a problem', async () => {
  expect(await fetchText(`https://${host}:9/policy`, here)).toEqual({
    problem: 'connect ECONNREFUSED 127.0.0.1:9',
  })
})

test('one of several addresses that somebody is at is enough', async () => {
  expect(await fetchText(`${base}/policy`, ['127.0.0.66', '127.0.0.1'])).toEqual({text: expect.any(String)})
})

test('a certificate for another name, and plain HTTP, are problems', async () => {
  expect(await fetchText(base.replace(host, 'mta-sts.other.example'), here)).toEqual({
    problem: expect.stringContaining('mta-sts.other.example'),
  })
  const plain = createPlainServer((_, response) => response.end('version: STSv1'))
  await new Promise<void>((ready) => plain.listen(0, '127.0.0.1', ready))
  const {port} = plain.address() as AddressInfo
  expect(await fetchText(`http://${host}:${port}/policy`, here)).toEqual({problem: expect.stringContaining('https:')})
  plain.close()
})
