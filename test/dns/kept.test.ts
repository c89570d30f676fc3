import {describe, expect, it} from 'vitest'
import {Kept} from '../../src/dns/kept.ts'

describe('Kept', () => {
  const found = (what: string) => Promise.resolve(what)

  it('has what was found out, and what is being found out, for all who ask', async () => {
    const kept = new Kept<string>(() => true)
    expect(kept.get('name')).toBeUndefined()
    const finding = kept.keep('name', found('first'))
    expect(kept.get('name')).toBe(finding)
    expect(await finding).toBe('first')
    expect(kept.get('name')).toBe(finding)
  })

  it('lets go of what was not worth keeping', async () => {
    const kept = new Kept<string>((what) => what !== 'bad')
    expect(await kept.keep('name', found('bad'))).toBe('bad')
    expect(kept.get('name')).toBeUndefined()
  })

  it('keeps what is asked for again and again, and lets go of what nobody asks for', async () => {
    const kept = new Kept<string>(() => true)
    const wanted = kept.keep('wanted', found('wanted'))
    await kept.keep('unwanted', found('unwanted'))
    for (let at = 0; at < 5_000; at += 1) {
      await kept.keep(`n${at}`, found(`n${at}`))
      expect(kept.get('wanted')).toBe(wanted)
    }
    expect(kept.get('unwanted')).toBeUndefined()
  })
})
