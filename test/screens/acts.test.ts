import {expect, test} from 'vitest'
import {mask} from '../../src/rules/mask.ts'
import {acts, type Thing} from '../../src/screens/acts.ts'
import {commandIds, loadCommand} from '../support/run.ts'

const all = Object.entries(acts).flatMap(([topic, list]) => list.map(({command}) => ({topic, command})))

test.each(all)('$command, offered on the page of $topic, is a command that takes a name', async ({command}) => {
  expect(commandIds()).toContain(command)
  const {args, strict} = await loadCommand(command)
  expect(Object.keys(args).length > 0 || !strict).toBe(true)
})

test.each(Object.keys(acts))('pm %s has a page to offer them on', (topic) => {
  expect(commandIds().some((id) => id === `${topic} show` || id === `${topic} get`)).toBe(true)
})

function offered(topic: string, thing: Thing): string[] {
  return (acts[topic] ?? []).filter(({fits}) => fits(thing)).map(({command}) => command)
}

const moves = ['ip quarantine', 'ip release', 'ip retire']

test.each([
  {status: 'available', domains: 0, legal: ['ip quarantine', 'ip retire']},
  {status: 'warmed', domains: 9, legal: ['ip quarantine']},
  {status: 'quarantined', domains: 0, legal: ['ip release', 'ip retire']},
  {status: 'burned', domains: 0, legal: []},
  {status: 'of the future', domains: 0, legal: ['ip quarantine', 'ip retire']},
])('of an IP that is $status with $domains domains, the page offers $legal', ({legal, ...ip}) => {
  expect(offered('ip', ip).filter((command) => moves.includes(command))).toEqual(legal)
})

test.each([
  {topic: 'campaign', thing: {status: 'sending'}, legal: ['campaign pause']},
  {topic: 'campaign', thing: {status: 'paused'}, legal: ['campaign resume']},
  {topic: 'campaign', thing: {status: 'completed'}, legal: []},
  {topic: 'account', thing: {status: 'active', daily_count: 0}, legal: ['account suspend']},
  {topic: 'account', thing: {status: 'suspended', daily_count: 3}, legal: ['account activate', 'account reset-count']},
  {topic: 'vps', thing: {status: 'scheduled_decommission'}, legal: ['vps keep']},
  {topic: 'vps', thing: {status: 'active'}, legal: ['vps decommission']},
  {topic: 'vps', thing: {status: 'decommissioned'}, legal: []},
  {topic: 'audit', thing: {undone_by: null}, legal: ['audit undo']},
  {topic: 'audit', thing: {undone_by: 7}, legal: []},
  {topic: 'audit', thing: {undone_by: null, rows: 0, images: []}, legal: []},
  {topic: 'audit', thing: {undone_by: null, rows: 1, images: [{before: {a: 1}, after: {a: 2}}]}, legal: ['audit undo']},
  {topic: 'audit', thing: {undone_by: null, rows: 1, images: [{before: {value: mask}, after: null}]}, legal: []},
  {topic: 'job', thing: {standing: 'finished', failed: 0}, legal: ['job results']},
  {
    topic: 'job',
    thing: {standing: 'running', failed: 0},
    legal: ['job results', 'job watch', 'job pause', 'job resume', 'job cancel'],
  },
  {
    topic: 'job',
    thing: {standing: 'paused', failed: 2},
    legal: ['job results', 'job watch', 'job resume', 'job retry', 'job cancel'],
  },
  {topic: 'job', thing: {standing: 'canceled', failed: 0}, legal: ['job results', 'job retry']},
  {topic: 'staff', thing: {on_staff: true, login: 'op_x', revoked: null}, legal: ['staff remove', 'staff revoke']},
  {topic: 'staff', thing: {on_staff: false, login: 'op_x', revoked: '2026-01-01'}, legal: []},
])('of $topic $thing, the page offers $legal', ({topic, thing, legal}) => {
  expect(offered(topic, thing)).toEqual(legal)
})

test('a domain with accounts is not offered to be removed: they would have to be named as well', () => {
  expect(offered('domain', {account_count: 0})).toContain('domain remove')
  expect(offered('domain', {account_count: 2})).not.toContain('domain remove')
})
