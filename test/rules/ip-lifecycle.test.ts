import {describe, expect, it} from 'vitest'
import {Conflict} from '../../src/rules/errors.ts'
import {assertIpMove, ipStatuses, legalIpMoves, mayCarryDomains} from '../../src/rules/ip-lifecycle.ts'

function errorOf(work: () => void): unknown {
  try {
    work()
    return undefined
  } catch (error) {
    return error
  }
}

describe('the life of an IP', () => {
  it('has these legal moves and no others', () => {
    const column = (text: string) => text.padEnd(12)
    const line = (from: (typeof ipStatuses)[number]) =>
      ipStatuses.map((to) => column(errorOf(() => assertIpMove('192.0.2.1', from, to)) ? '.' : to)).join('')
    const table = ipStatuses.map((from) => `${column(from)}> ${line(from)}`.trimEnd()).join('\n')
    expect(`\n${table}\n`).toMatchInlineSnapshot(`
      "
      available   > .           assigned    warming     .           .           burned      quarantined
      assigned    > available   .           warming     warmed      degraded    burned      quarantined
      warming     > available   .           .           warmed      degraded    burned      quarantined
      warmed      > available   assigned    .           .           degraded    burned      quarantined
      degraded    > .           .           warming     warmed      .           burned      quarantined
      burned      > .           .           .           .           .           .           .
      quarantined > available   .           warming     .           .           burned      .
      "
    `)
  })

  it.each(ipStatuses)('tells the same moves from %s as it allows', (from) => {
    const allowed = ipStatuses.filter((to) => errorOf(() => assertIpMove('192.0.2.1', from, to)) === undefined)
    expect([...legalIpMoves(from)].sort()).toEqual(allowed.sort())
  })

  it('never stays where it is by a move', () => {
    expect(ipStatuses.filter((status) => legalIpMoves(status).includes(status))).toEqual([])
  })

  it('ends burned, and can end so from everywhere', () => {
    expect(legalIpMoves('burned')).toEqual([])
    expect(ipStatuses.filter((status) => !legalIpMoves(status).includes('burned'))).toEqual(['burned'])
  })

  it('names the legal moves when it refuses one', () => {
    const refusal = errorOf(() => assertIpMove('203.0.113.24', 'quarantined', 'warmed'))
    expect(refusal).toEqual(
      new Conflict('203.0.113.24 is quarantined and cannot become warmed.', {
        hint: 'From quarantined it can become warming, available, burned.',
        details: {ip: '203.0.113.24', from: 'quarantined', to: 'warmed', legal: ['warming', 'available', 'burned']},
      }),
    )
    expect(refusal).toMatchObject({
      hint: 'From quarantined it can become warming, available, burned.',
      details: {ip: '203.0.113.24', from: 'quarantined', to: 'warmed', legal: ['warming', 'available', 'burned']},
    })
  })

  it('says of a burned one that it stays so', () => {
    expect(errorOf(() => assertIpMove('203.0.113.26', 'burned', 'warming'))).toMatchObject({
      message: '203.0.113.26 is burned and cannot become warming.',
      hint: 'It stays as it is.',
      details: {legal: []},
    })
  })

  it('carries domains in these states', () => {
    expect(ipStatuses.filter(mayCarryDomains)).toEqual(['assigned', 'warming', 'warmed', 'degraded'])
  })
})
