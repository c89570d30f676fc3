import {describe, expect, it} from 'vitest'
import {run} from '../support/run.ts'

const list = (env: Record<string, string>, ...flags: string[]) => run({env}, ['context', 'list', ...flags])

describe('a flag in the environment', () => {
  it('counts as if it were typed', async () => {
    const {exitCode, stdout} = await list({PM_OUTPUT: 'json'})
    expect({exitCode, contexts: JSON.parse(stdout)}).toEqual({exitCode: 0, contexts: expect.any(Array)})
  })

  it('is the usual, which what is typed overrides', async () => {
    const {stdout} = await list({PM_OUTPUT: 'json'}, '-o', 'csv')
    expect(stdout.split('\n')[0]).toMatch(/^name,/)
  })

  it('is nothing where it is empty', async () => {
    expect(await list({PM_OUTPUT: '', PM_TIMEOUT: ''})).toMatchObject({exitCode: 0})
  })

  it.each([
    ['PM_OUTPUT', 'xml', 'PM_OUTPUT is one of table, wide, json, ndjson, csv, tsv, yaml, name, not “xml”.'],
    ['PM_TIMEOUT', 'soon', 'PM_TIMEOUT takes an integer, not soon.'],
    ['PM_TIMEOUT', '0', 'PM_TIMEOUT takes an integer greater than or equal to 1, not 0.'],
  ])('%s=%s is an error that names the variable', async (name, value, message) => {
    expect(await list({[name]: value})).toEqual({
      stdout: '',
      stderr: `Error: ${message}\nIt stands in your environment: change it, or unset ${name}. (usage, exit 2)\n`,
      exitCode: 2,
    })
  })
})
