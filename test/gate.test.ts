import {spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join} from 'node:path'
import {fileURLToPath} from 'node:url'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
let copy: string

// What git tracks or would track, so that a planted file is judged as if somebody had written it.
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'pm-gate-'))
  const {stdout} = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const file of stdout.trim().split('\n')) {
    mkdirSync(dirname(join(copy, file)), {recursive: true})
    cpSync(join(root, file), join(copy, file))
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  spawnSync('git', ['init', '-q'], {cwd: copy})
})
afterAll(() => rmSync(copy, {recursive: true, force: true}))

/** Runs a part of the gate on the copy with these files in it, which go again afterwards. */
function gate(part: string, planted: Readonly<Record<string, string>>): {status: number | null; said: string} {
  for (const [file, text] of Object.entries(planted)) {
    mkdirSync(dirname(join(copy, file)), {recursive: true})
    writeFileSync(join(copy, file), text)
  }
  const {status, stdout, stderr} = spawnSync('npm', ['run', '-s', `check:${part}`], {
    cwd: copy,
    encoding: 'utf8',
    env: {...process.env, NO_COLOR: '1', FORCE_COLOR: '0'},
  })
  for (const file of Object.keys(planted)) rmSync(join(copy, file))
  return {status, said: stdout + stderr}
}

describe('the gate catches what is planted:', () => {
  test('a type error', () => {
    const {status, said} = gate('types', {'src/rules/planted.ts': "export const planted: number = 'text'\n"})
    expect({status, named: said.includes('src/rules/planted.ts')}).toEqual({status: 2, named: true})
  })

  test.each([
    ['any', 'export const planted: any = 1\n', 'noExplicitAny'],
    ['console', "console.log('planted')\n", 'noConsole'],
    ['a barrel', "export * from './errors.ts'\n", 'noReExportAll'],
    [
      "Kysely's own transaction",
      'export const planted = (db: {transaction(): unknown}) => db.transaction()\n',
      "Kysely's own transaction",
    ],
  ])('lint: %s', (_breach, text, rule) => {
    const {status, said} = gate('lint', {'src/rules/planted.ts': text})
    expect({status, named: said.includes(rule)}).toEqual({status: 1, named: true})
  })

  test.each([
    [
      'a view that reaches for the database',
      'src/views/planted.ts',
      "import '../db/server.ts'\n",
      'views-imports-inward',
    ],
    ['a command that uses kysely', 'src/commands/planted.ts', "import 'kysely'\n", 'kysely-stays-home'],
    ['a command that imports another', 'src/commands/planted.ts', "import './find.ts'\n", 'commands-stand-alone'],
    ['a folder that is no room', 'src/utils/planted.ts', 'export const planted = 1\n', 'every-folder-is-a-room'],
  ])('layers: %s', (_breach, file, text, rule) => {
    const user = {'src/rules/planted-user.ts': `import '../${file.slice(4)}'\n`}
    const {status, said} = gate('layers', {[file]: text, ...(rule === 'every-folder-is-a-room' ? user : {})})
    expect({status: status !== 0, named: said.includes(rule)}).toEqual({status: true, named: true})
  })

  test('layers: a cycle', () => {
    const {status, said} = gate('layers', {
      'src/rules/planted.ts': "import './planted-too.ts'\n",
      'src/rules/planted-too.ts': "import './planted.ts'\n",
    })
    expect({status: status !== 0, named: said.includes('no-cycles')}).toEqual({status: true, named: true})
  })

  test('dead code', () => {
    const {status, said} = gate('unused', {'src/rules/planted.ts': 'export const planted = 1\n'})
    expect({status, named: said.includes('src/rules/planted.ts')}).toEqual({status: 1, named: true})
  })

  test('a manifest that is out of date', () => {
    const command = readFileSync(join(root, 'src/commands/find.ts'), 'utf8')
    const {status, said} = gate('manifest', {'src/commands/planted.ts': command})
    expect({status, named: said.includes('oclif.manifest.json is out of date')}).toEqual({status: 1, named: true})
  })
})
