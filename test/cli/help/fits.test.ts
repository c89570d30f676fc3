import {expect, test} from 'vitest'
import {readCommandTable} from '../../../src/cli/completion/known.ts'
import {guides} from '../../../src/cli/guides/guides.ts'
import {examplesOf} from '../../../src/cli/help/examples.ts'
import {sectionsOn} from '../../../src/cli/help/help.ts'
import {groups} from '../../../src/cli/help/overview.ts'
import {renderSections} from '../../../src/output/detail.ts'
import {displayWidth} from '../../../src/output/text-width.ts'

const screen = 24
const most = 40
// What has so much to take or to offer that 24 lines would leave something out.
const rich = new Set([
  '',
  'context add',
  'domain',
  'domain dkim rotate',
  'domain records set',
  'lead find',
  'plan',
  'plan change',
  'plan create',
  'plan edit',
  'staff',
  'staff enroll',
  'tenant',
])

const table = readCommandTable(new URL('../../../', import.meta.url))
const subjects = ['', ...[...table.topics.keys(), ...table.commands.keys()].map((id) => id.replaceAll(':', ' '))]
const guideSubjects = [...guides.keys()].map((name) => `help ${name}`)

async function helpOn(subject: string, width: number): Promise<string[]> {
  const positionals = subject.split(' ').flatMap((word, index) => (word === '' ? [] : {word, index}))
  const style = {color: false, header: true, links: false, clock: {now: new Date(), zone: 'iso' as const}}
  const text = await renderSections(sectionsOn({positionals}, table, width), {...style, width: Infinity})
  return text.trimEnd().split('\n')
}

test.each(subjects)('pm %s --help fits on a screen', async (subject) => {
  const {length} = await helpOn(subject, 80)
  expect(length).toBeLessThanOrEqual(rich.has(subject) ? most : screen)
})

test('only what needs more than 24 lines has more', async () => {
  const lengths = await Promise.all([...rich].map(async (subject) => (await helpOn(subject, 80)).length))
  expect(lengths.filter((length) => length <= screen)).toEqual([])
})

test.each([...subjects, ...guideSubjects])('pm %s: no line of its help is wider than 80 columns', async (subject) => {
  const lines = await helpOn(subject, 80)
  expect(lines.filter((line) => displayWidth(line) > 80)).toEqual([])
})

test.each(subjects)('pm %s --help: real examples come before everything that it takes', async (subject) => {
  const titles = (await helpOn(subject, 80)).filter((line) => /^[A-Z ]+$/.test(line))
  expect(titles[0]).toBe('EXAMPLES')
})

test('a narrow terminal gets what an option does under it', async () => {
  expect((await helpOn('ip quarantine', 40)).slice(9, 17)).toEqual([
    '  pm ip quarantine \\',
    '      --from-file burning.txt \\',
    '      --to 192.0.2.10 --yes',
    '',
    'FLAGS',
    '  --to IP',
    '      The IP that takes all domains',
    '      over.',
  ])
})

test('an example that is longer than a line goes on in the next, as a shell takes it', async () => {
  const lines = await helpOn('plan change', 80)
  const joined = lines.join('\n').replaceAll(/ \\\n +/g, ' ')
  const command = table.commands.get('plan:change')
  expect(command && examplesOf(command).filter((example) => !joined.includes(`\n  ${example}\n`))).toEqual([])
})

test('the help of pm has every topic and every command once', () => {
  const shown = Object.values(groups).flatMap((rows) => rows.flatMap(([names]) => names.split(', ')))
  const all = [...table.topics.keys(), ...table.commands.keys()].map((id) => id.split(':')[0])
  expect(shown.toSorted()).toEqual([...new Set(all)].toSorted())
})
