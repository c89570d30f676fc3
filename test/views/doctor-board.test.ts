import {expect, it} from 'vitest'
import {liveLines} from '../../src/views/doctor-board.ts'

it('shows of every server where aliases lead, and what is there', () => {
  const answer = {transport: 'udp', authoritative: true, rcode: 'NOERROR', ttl: 60, ms: 1} as const
  const aliases = ['via.example', 'end.example']
  expect(liveLines([{...answer, server: '192.0.2.53', aliases, records: ['192.0.2.1']}])).toEqual([
    '192.0.2.53 (source, NOERROR, TTL 60 s)',
    '  CNAME via.example',
    '  CNAME end.example',
    '  192.0.2.1',
  ])
})
