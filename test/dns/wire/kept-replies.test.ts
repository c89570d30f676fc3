import {describe, expect, it} from 'vitest'
import type {Failed} from '../../../src/dns/answer.ts'
import {KeptReplies} from '../../../src/dns/wire/kept-replies.ts'

describe('KeptReplies', () => {
  const reply = (detail: string): Promise<Failed> =>
    Promise.resolve({outcome: 'failed', reason: 'timeout', detail, server: null, transport: 'udp', ms: 0})

  it('gives what was kept, until it is forgotten', () => {
    const kept = new KeptReplies()
    const [one, other] = [reply('one'), reply('other')]
    kept.keep('one', one)
    kept.keep('other', other)
    expect([kept.get('one'), kept.get('other'), kept.get('none')]).toEqual([one, other, undefined])
    kept.forget('one')
    expect([kept.get('one'), kept.get('other')]).toEqual([undefined, other])
    kept.clear()
    expect(kept.get('other')).toBeUndefined()
  })

  it('keeps what is asked for again and again, and lets go of what nobody asks for', () => {
    const kept = new KeptReplies()
    const wanted = reply('wanted')
    kept.keep('wanted', wanted)
    kept.keep('unwanted', reply('unwanted'))
    for (let at = 0; at < 5_000; at += 1) {
      kept.keep(`n${at}`, reply(`n${at}`))
      expect(kept.get('wanted')).toBe(wanted)
    }
    expect(kept.get('unwanted')).toBeUndefined()
  })
})
