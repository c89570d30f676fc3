import {afterEach, expect, test, vi} from 'vitest'
import {relativeTime, showTime} from '../../src/output/time.ts'

const now = new Date('2026-03-01T12:00:00Z')
const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

afterEach(() => {
  vi.unstubAllEnvs()
})

test('tells how long ago in the unit that says most', () => {
  const ages = [0, 59_999, minute, 59 * minute, hour, 23 * hour, day, 13 * day, 14 * day, 62 * day, 63 * day]
  const years = [365 * day, 730 * day, 731 * day, 3000 * day]
  expect([...ages, ...years].map((age) => relativeTime(at(-age), now))).toMatchInlineSnapshot(`
    [
      "just now",
      "just now",
      "1m ago",
      "59m ago",
      "1h ago",
      "23h ago",
      "1d ago",
      "13d ago",
      "2w ago",
      "8w ago",
      "2mo ago",
      "11mo ago",
      "23mo ago",
      "2y ago",
      "8y ago",
    ]
  `)
})

test('tells how long until', () => {
  expect(
    [1000, 5 * minute, 3 * hour, 2 * day, 400 * day].map((age) => relativeTime(at(age), now)),
  ).toMatchInlineSnapshot(`
    [
      "just now",
      "in 5m",
      "in 3h",
      "in 2d",
      "in 13mo",
    ]
  `)
})

test('shows one moment in each way', () => {
  vi.stubEnv('TZ', 'Asia/Kolkata')
  const zones = ['relative', 'iso', 'local', 'unix'] as const
  expect(zones.map((zone) => showTime('2026-03-01T09:00:00.000Z', {now, zone}))).toMatchInlineSnapshot(`
    [
      "3h ago",
      "2026-03-01T09:00:00.000Z",
      "2026-03-01 14:30:00 +05:30",
      "1772355600",
    ]
  `)
})

test('shows the offset of zones behind UTC', () => {
  vi.stubEnv('TZ', 'America/St_Johns')
  expect(showTime('2026-03-01T09:00:00.000Z', {now, zone: 'local'})).toBe('2026-03-01 05:30:00 -03:30')
})

test('gives back what is no time', () => {
  for (const zone of ['relative', 'iso', 'local', 'unix'] as const) {
    expect(showTime('infinity', {now, zone})).toBe('infinity')
  }
})

function at(offset: number): string {
  return new Date(now.getTime() + offset).toISOString()
}
