import {describe, expect, it} from 'vitest'
import {Kept} from '../../src/dns/kept.ts'

describe('Kept', () => {
  const good = () => true
  const found = (what: string) => async () => what

  it('finds out once, for all who ask, until it is cleared', async () => {
    const kept = new Kept<string>()
    const both = [kept.once('name', found('first'), good), kept.once('name', found('second'), good)]
    expect(await Promise.all(both)).toEqual(['first', 'first'])
    expect([await kept.get('name'), kept.get('none')]).toEqual(['first', undefined])
    kept.clear()
    expect(await kept.once('name', found('third'), good)).toBe('third')
  })

  it('finds out anew what was not worth keeping', async () => {
    const kept = new Kept<string>()
    expect(await kept.once('name', found('bad'), (what) => what !== 'bad')).toBe('bad')
    expect(await kept.once('name', found('better'), good)).toBe('better')
  })

  it('keeps what is asked for again and again, and lets go of what nobody asks for', async () => {
    const kept = new Kept<string>()
    const wanted = kept.once('wanted', found('wanted'), good)
    await kept.once('unwanted', found('unwanted'), good)
    for (let at = 0; at < 5_000; at += 1) {
      await kept.once(`n${at}`, found(`n${at}`), good)
      expect(kept.get('wanted')).toBe(wanted)
    }
    expect(kept.get('unwanted')).toBeUndefined()
  })
})
