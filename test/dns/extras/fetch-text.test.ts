import {createServer, type Server} from 'node:http'
import type {AddressInfo} from 'node:net'
import {afterAll, beforeAll, expect, test} from 'vitest'
import {fetchText} from '../../../src/dns/extras/fetch-text.ts'

let server: Server
let base: string
const here = ['127.0.0.1']

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/policy') response.end('version: STSv1\nmode: enforce\n')
    else if (request.url === '/moved') response.writeHead(301, {location: '/policy'}).end()
    else if (request.url === '/endless') response.end('x'.repeat(64_001))
    else if (request.url === '/broken') request.socket.destroy()
    else response.writeHead(404).end('version: STSv1')
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  base = `http://mta-sts.acme.example:${(server.address() as AddressInfo).port}`
})

afterAll(() => server.close())

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

test('a host that nobody is at is a problem', async () => {
  expect(await fetchText('http://mta-sts.acme.example:9/policy', here)).toEqual({
    problem: 'connect ECONNREFUSED 127.0.0.1:9',
  })
})

test('one of several addresses that somebody is at is enough', async () => {
  expect(await fetchText(`${base}/policy`, ['127.0.0.66', '127.0.0.1'])).toEqual({text: expect.any(String)})
})
