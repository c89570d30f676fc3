import {describe, expect, test} from 'vitest'
import {compareFacts} from '../../../src/db/check/compare-facts.ts'
import type {Fact} from '../../../src/db/fact.ts'

const table: Fact = {kind: 'table', of: 'public.plans', name: '', facets: {'row security': 'off'}}
const column: Fact = {
  kind: 'column',
  of: 'public.plans',
  name: 'slug',
  facets: {type: 'text', 'not null': 'yes', default: 'none'},
}
const unique: Fact = {
  kind: 'constraint',
  of: 'public.plans',
  name: 'plans_slug_key',
  facets: {definition: 'UNIQUE (slug)'},
}
const policy: Fact = {kind: 'policy', of: 'public.plans', name: 'plans_staff', facets: {using: 'true'}}
const grant: Fact = {kind: 'grant', of: 'public.plans', name: 'pm_operator', facets: {privileges: 'SELECT'}}
const all = [table, column, unique, policy, grant]

test('what is as expected, in whatever order, is no finding', () => {
  expect(compareFacts(all, [...all].reverse())).toEqual([])
})

test('what else a platform has is no finding', () => {
  const more: Fact[] = [
    {...table, of: 'public.invoices'},
    {...column, name: 'colour'},
    {...unique, name: 'plans_name_key', facets: {definition: 'UNIQUE (name)'}},
    {kind: 'index', of: 'public.plans', name: 'plans_name', facets: {definition: 'CREATE INDEX ON plans (name)'}},
    {kind: 'trigger', of: 'public.plans', name: 'touch', facets: {definition: '…', enabled: 'yes'}},
  ]

  expect(compareFacts(all, [...all, ...more])).toEqual([])
})

test('a constraint goes by what it is, whatever it is called', () => {
  expect(compareFacts([unique], [{...unique, name: 'one_slug'}])).toEqual([])
})

describe('what is', () => {
  test('missing is said once, and not again for what belongs to it', () => {
    expect(compareFacts(all, [])).toEqual([
      {
        kind: 'table',
        object: 'public.plans',
        finding: 'missing',
        expected: 'row security: off',
        found: null,
        hint: 'The platform changed, or is behind its schema guide; pm reads and writes by the guide.',
      },
    ])
  })

  test('different is told by what differs', () => {
    const found = {...column, facets: {...column.facets, type: 'character varying(50)', 'not null': 'no'}}

    expect(compareFacts([table, column], [table, found])).toEqual([
      {
        kind: 'column',
        object: 'public.plans.slug',
        finding: 'differs',
        expected: 'not null: yes, type: text',
        found: 'not null: no, type: character varying(50)',
        hint: 'The platform changed, or is behind its schema guide; pm reads and writes by the guide.',
      },
    ])
  })

  test('a constraint of the expected name and another meaning', () => {
    const found = {...unique, facets: {definition: 'UNIQUE (slug, name)'}}

    expect(compareFacts([table, unique], [table, found])).toMatchObject([
      {finding: 'differs', expected: 'UNIQUE (slug)', found: 'UNIQUE (slug, name)'},
    ])
  })

  test('more than expected lets somebody see or do more', () => {
    const open = {...policy, name: 'all_may'}
    const everybody = {...grant, name: 'public', facets: {privileges: 'SELECT, UPDATE'}}

    expect(compareFacts(all, [...all, open, everybody])).toEqual([
      {
        kind: 'policy',
        object: 'all_may on public.plans',
        finding: 'unexpected',
        expected: null,
        found: 'using: true',
        hint: 'Policies add up. If this one is not meant to let more be seen: drop policy all_may on public.plans',
      },
      {
        kind: 'grant',
        object: 'public.plans to public',
        finding: 'unexpected',
        expected: null,
        found: 'privileges: SELECT, UPDATE',
        hint: 'revoke all on table public.plans from public',
      },
    ])
  })

  test('a grant that is not as it should be, put right in two statements', () => {
    const found = {...grant, facets: {privileges: 'SELECT, UPDATE'}}

    expect(compareFacts([table, grant], [table, found])).toMatchObject([
      {
        finding: 'differs',
        hint: 'revoke all on table public.plans from pm_operator; grant SELECT on table public.plans to pm_operator',
      },
    ])
  })
})
