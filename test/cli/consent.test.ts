import {describe, expect, it} from 'vitest'
import type {Plan} from '../../src/changes/plan.ts'
import {gradeOf} from '../../src/cli/consent.ts'
import {type GuardedTableName, guardedTables} from '../../src/db/guarded-tables.ts'

const tables = Object.keys(guardedTables) as GuardedTableName[]

function planOf(table: GuardedTableName, rows = 1): Plan {
  const row = {table, label: 'row', key: {}, before: {}, after: {}}
  return {headline: '', subject: '', targets: [], rows: Array(rows).fill(row), effects: [], warnings: []}
}

describe('the grade of consent', () => {
  it('is severe in production for whoever is on the staff, may what, and has a login, and for nothing else', () => {
    const severe = tables.filter((table) => gradeOf('mild', planOf(table), {kind: 'production'}, {}) === 'severe')
    expect(severe).toEqual([
      'public.staff_members',
      'public.staff_roles',
      'public.staff_role_permissions',
      'pm.operator_logins',
    ])
  })

  it.each(['sandbox', 'development', 'staging'] as const)('is the change’s own in %s', (kind) => {
    for (const table of tables) expect(gradeOf('moderate', planOf(table), {kind}, {})).toBe('moderate')
  })

  it('is never mild in production for what changes several rows', () => {
    const grades = (kind: 'staging' | 'production') =>
      [1, 2].map((rows) => gradeOf('mild', planOf('public.plans', rows), {kind}, {}))
    expect({staging: grades('staging'), production: grades('production')}).toEqual({
      staging: ['mild', 'mild'],
      production: ['mild', 'moderate'],
    })
  })

  it('is severe for more rows than --max-rows', () => {
    const grade = (rows: number, flags = {}) =>
      gradeOf('moderate', planOf('public.plans', rows), {kind: 'staging'}, flags)
    expect([grade(100), grade(101), grade(3, {'max-rows': 3}), grade(4, {'max-rows': 3})]).toEqual([
      'moderate',
      'severe',
      'moderate',
      'severe',
    ])
  })
})
