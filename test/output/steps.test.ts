import {expect, test} from 'vitest'
import {drawSteps, type Steps, stepsSection} from '../../src/output/steps.ts'

const clock = {now: new Date('2027-03-11T00:00:00Z'), zone: 'relative' as const}
const style = {color: false, width: 26, header: true, links: false, clock}
const chart: Steps = {
  levels: ['good', 'fair', 'poor', 'critical'],
  tones: {good: 'good', poor: 'warn'},
  steps: [
    {level: 'good', since: null},
    {level: 'poor', since: '2027-03-01T00:00:00Z'},
    {level: 'fair', since: '2027-03-06T00:00:00Z'},
  ],
}

test('draws a line for each level that occurs, from what was before the first step to now', async () => {
  expect(await drawSteps(chart, style)).toEqual([
    'good  ▓▓▓▓░░░░░░░░░░░░░░░░',
    'fair  ░░░░░░░░░░░░▓▓▓▓▓▓▓▓',
    'poor  ░░░░▓▓▓▓▓▓▓▓░░░░░░░░',
    '          10d ago      now',
  ])
})

test('begins with the first step where nothing is known of before', async () => {
  const known = {...chart, steps: chart.steps.slice(1)}
  expect(await drawSteps(known, style)).toEqual([
    'fair  ░░░░░░░░░░▓▓▓▓▓▓▓▓▓▓',
    'poor  ▓▓▓▓▓▓▓▓▓▓░░░░░░░░░░',
    '      10d ago          now',
  ])
})

test('shows every step, however close they are', async () => {
  const minutes = ['good', 'poor', 'good', 'poor'].map((level, at) => ({level, since: `2027-03-10T23:59:0${at}Z`}))
  const lines = await drawSteps({...chart, steps: [{level: 'fair', since: '2027-03-01T00:00:00Z'}, ...minutes]}, style)
  expect(lines).toEqual([
    'good  ░░░░░░░░░░░░░░░░▓░▓░',
    'fair  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓░░░░',
    'poor  ░░░░░░░░░░░░░░░░░▓░▓',
    '      10d ago          now',
  ])
})

test('colours a level by what it means', async () => {
  const [good] = await drawSteps(chart, {...style, color: true})
  expect(good).toBe('good  \u001B[32m▓▓▓▓░░░░░░░░░░░░░░░░\u001B[39m')
})

test('is as wide as is good to read, and says it in words where there is no room', async () => {
  const wide = await drawSteps(chart, {...style, width: 200})
  expect(wide.map(({length}) => length)).toEqual([66, 66, 66, 66])
  expect(await drawSteps(chart, {...style, width: 13})).toEqual([
    'good, then',
    'poor since',
    '10d ago, then',
    'fair since 5d',
    'ago.',
  ])
})

test('says in words what would be drawn', async () => {
  expect(await drawSteps(chart, {...style, width: 80, plain: true})).toEqual([
    'good, then poor since 10d ago, then fair since 5d ago.',
  ])
})

test('draws nothing of what never changed', () => {
  expect([
    stepsSection('Reputation', {...chart, steps: []}),
    stepsSection('Reputation', {...chart, steps: chart.steps.slice(0, 1)}),
  ]).toEqual([[], []])
})
