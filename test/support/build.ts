import {cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {rolldown} from 'rolldown'
import type {TestProject} from 'vitest/node'
import config from '../../rolldown.config.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of a built pm: its `bin/run.js` is what an operator starts. */
    builtPm: string
  }
}

/**
 * Builds pm once for the whole run, into a folder of its own: dist/ belongs to whoever works here. One command is
 * added, `test fail`, for exit codes that no other can be made to end with.
 */
export default async function setup(project: TestProject): Promise<() => void> {
  const root = mkdtempSync(join(tmpdir(), 'pm-built-'))
  for (const part of ['bin', 'package.json', 'oclif.manifest.json']) cpSync(part, join(root, part), {recursive: true})
  symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
  mkdirSync(join(root, 'home'))
  const build = await rolldown({
    ...config,
    input: {...config.input, 'commands/test/fail': 'test/support/fail-command.ts'},
    logLevel: 'silent',
  })
  await build.write({...config.output, dir: join(root, 'dist')})
  await build.close()
  project.provide('builtPm', root)
  return () => rmSync(root, {recursive: true, force: true})
}
