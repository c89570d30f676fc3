import {describe, expect, test} from 'vitest'
import {mendedExpression, raisingSettings} from '../../src/rules/policy-settings.ts'

// As PostgreSQL 15 and 18 print them (pg_get_expr).
const guides = "(tenant_id = (current_setting('app.current_tenant_id'::text))::uuid)"
const mended = "(tenant_id = ((select nullif(current_setting('app.current_tenant_id', true), '')))::uuid)"

describe('an expression raises', () => {
  test.each([
    ['a setting that may never have been made', guides],
    ['the same, said in full', "(tenant_id = (current_setting('app.current_tenant_id'::text, false))::uuid)"],
    ['a cast of what may be empty', "(tenant_id = (current_setting('app.current_tenant_id'::text, true))::uuid)"],
    [
      'a cast of it in a subselect',
      "(tenant_id = ( SELECT (current_setting('app.current_tenant_id'::text, true))::uuid AS current_setting))",
    ],
    [
      'a cast of the subselect',
      "(tenant_id = (( SELECT current_setting('app.current_tenant_id'::text, true) AS current_setting))::uuid)",
    ],
    [
      'a setting whose emptiness alone is seen to',
      "(tenant_id = (NULLIF(current_setting('app.current_tenant_id'::text), ''::text))::uuid)",
    ],
  ])('with %s', (_what, expression) => {
    expect(raisingSettings(expression)).toEqual(['app.current_tenant_id'])
  })

  test('with each setting once', () => {
    const twice = `(${guides} OR (user_id = (current_setting('app.current_user_id'::text))::uuid) OR ${guides})`

    expect(raisingSettings(twice)).toEqual(['app.current_tenant_id', 'app.current_user_id'])
  })
})

test.each([
  "(tenant_id = (( SELECT NULLIF(current_setting('app.current_tenant_id'::text, true), ''::text) AS \"nullif\"))::uuid)",
  "(tenant_id = ( SELECT (NULLIF(current_setting('app.current_tenant_id'::text, true), ''::text))::uuid AS \"nullif\"))",
  "((tenant_id)::text = current_setting('app.current_tenant_id'::text, true))",
  "((name)::text = (current_setting('app.name'::text, true))::character varying)",
  '( SELECT pm.has_permission($$campaign.read$$::text) AS has_permission)',
  'true',
])('an expression that does not raise is left as it is: %s', (expression) => {
  expect(raisingSettings(expression)).toEqual([])
  expect(mendedExpression(expression)).toBeUndefined()
})

describe('mending', () => {
  test('makes every read yield null, and changes nothing else', () => {
    const before = `(${guides} OR (user_id = (current_setting('app.current_user_id'::text, true))::uuid) OR (deleted IS NULL))`

    expect(mendedExpression(before)).toBe(
      `(${mended} OR (user_id = ((select nullif(current_setting('app.current_user_id', true), '')))::uuid) OR (deleted IS NULL))`,
    )
  })

  test('keeps the name of a setting as it is, quotes included', () => {
    expect(mendedExpression("(a = current_setting('app.o''clock'::text))")).toBe(
      "(a = (select nullif(current_setting('app.o''clock', true), '')))",
    )
  })

  test.each([
    "(COALESCE(current_setting('app.t'::text), ''::text) = ''::text)",
    "(current_setting('app.t'::text) IS NULL)",
    "((tenant_id = (current_setting('app.t'::text))::uuid) IS NOT FALSE)",
    "((current_setting('app.t'::text))::uuid IS DISTINCT FROM tenant_id)",
    "CASE WHEN (current_setting('app.t'::text) = 'x'::text) THEN true ELSE false END",
  ])('leaves to a person what makes something of null: %s', (expression) => {
    expect(raisingSettings(expression)).toEqual(['app.t'])
    expect(mendedExpression(expression)).toBeUndefined()
  })
})
