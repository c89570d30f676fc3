import {expect, test} from 'vitest'
import {decideRollout, rolloutBucket, rolloutVectors} from '../../src/rules/rollout.ts'

const tenant = (n: number) => `00000000-0000-0000-0000-00000000000${n}`

test('the vectors that the web application computes the same never change', () => {
  expect(rolloutVectors).toEqual([
    {key: 'new_editor', tenantId: tenant(1), bucket: 32},
    {key: 'new_editor', tenantId: tenant(2), bucket: 30},
    {key: 'warmup_v2', tenantId: tenant(1), bucket: 44},
  ])
  for (const {key, tenantId, bucket} of rolloutVectors) expect(rolloutBucket(key, tenantId)).toBe(bucket)
  expect(rolloutBucket('new_editor', 'ABCDEF00-0000-0000-0000-000000000001')).toBe(
    rolloutBucket('new_editor', 'abcdef00-0000-0000-0000-000000000001'),
  )
})

test('raising the share only adds tenants, and shares are about what they say', () => {
  const ids = Array.from({length: 5_000}, (_, n) => `${n}`)
  const getting = (percentage: number) =>
    ids.filter((id) => decideRollout({key: 'k', enabled: true, percentage}, id).gets)
  const [ten, half] = [new Set(getting(10)), new Set(getting(50))]
  expect([...ten].every((id) => half.has(id))).toBe(true)
  expect([getting(0).length, getting(100).length]).toEqual([0, ids.length])
  expect(Math.abs(half.size / ids.length - 0.5)).toBeLessThan(0.03)
})

test('nobody gets a flag that is off', () => {
  expect(decideRollout({key: 'new_editor', enabled: false, percentage: 100}, tenant(1))).toEqual({
    gets: false,
    bucket: 32,
    why: 'the flag is disabled',
  })
})
