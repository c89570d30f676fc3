import {expect, it} from 'vitest'
import {Datagram} from '../../../src/dns/wire/datagram.ts'
import {timedOut} from '../../../src/dns/wire/outcome.ts'

it('an error while an answer is read reaches who asked, and nobody else', async () => {
  const question = {name: 'acme.test', type: 'TXT', recursion: false} as const
  const read = (): never => {
    throw new Error('boom')
  }
  const {promise, resolve, reject} = Promise.withResolvers<never>()
  new Datagram({question, edns: true, start: 0, read}, 100, resolve, reject).settle(timedOut(100))
  await expect(promise).rejects.toThrow('boom')
})
