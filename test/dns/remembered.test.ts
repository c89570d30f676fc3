import {describe, expect, it} from 'vitest'
import {remembered} from '../../src/dns/remembered.ts'

describe('remembered', () => {
  const counted = (most?: number) => {
    const made: string[] = []
    const make = remembered((text) => {
      made.push(text)
      return {text}
    }, most)
    return {make, made}
  }

  it('makes the same of the same text, once', () => {
    const {make, made} = counted()
    expect(make('a')).toBe(make('a'))
    expect(make('b')).toEqual({text: 'b'})
    expect(made).toEqual(['a', 'b'])
  })

  it('forgets the oldest, so that memory stays the same', () => {
    const {make, made} = counted(2)
    for (const text of ['a', 'b', 'c', 'c', 'a']) make(text)
    expect(made).toEqual(['a', 'b', 'c', 'a'])
  })

  it('keeps no text that is longer than records are', () => {
    const {make, made} = counted()
    const long = 'x'.repeat(4_097)
    make(long)
    make(long)
    expect(made).toHaveLength(2)
  })
})
