import {describe, expect, it} from 'vitest'
import * as errors from '../../src/rules/errors.ts'
import {exitCodes} from '../../src/rules/exit-codes.ts'

const {PmError: _, ...classes} = errors

describe('errors an operator can act on', () => {
  it('have a code, an exit code and a name each', () => {
    const told = Object.values(classes).map((Class) => {
      const {name, code, exitCode} = new Class('It failed.')
      return `${name} ${code} ${exitCode}`
    })
    expect(told).toMatchInlineSnapshot(`
      [
        "UsageError usage 2",
        "NotFound not_found 3",
        "NotIdentified not_identified 4",
        "PermissionDenied permission_denied 5",
        "Conflict conflict 6",
        "RuleBroken conflict 6",
        "ConsentNeeded consent_needed 7",
        "PartlyDone partly_done 8",
        "CheckFailed check_failed 9",
        "UpstreamFailed upstream_failed 10",
        "DatabaseUnreachable database_unreachable 11",
        "CommitUnknown database_unreachable 11",
        "TimedOut timed_out 12",
        "Interrupted interrupted 130",
      ]
    `)
  })

  it('cover every way a process can end but a bug and success', () => {
    const reasons = Object.values(classes).map((Class) => new Class('It failed.').reason)
    expect([...new Set(reasons)].sort()).toEqual(
      Object.keys(exitCodes)
        .filter((reason) => reason !== 'bug' && reason !== 'done')
        .sort(),
    )
  })

  it('keep message, hint, details and cause', () => {
    const cause = new Error('below')
    const error = new errors.Conflict('It changed.', {hint: 'Look again.', details: {ip: '192.0.2.1'}, cause})
    expect({...error, message: error.message, cause: error.cause}).toEqual({
      reason: 'conflict',
      name: 'Conflict',
      hint: 'Look again.',
      details: {ip: '192.0.2.1'},
      message: 'It changed.',
      cause,
    })
  })

  it('have no hint and no details where none were given', () => {
    const {hint, details, cause} = new errors.NotFound('Nothing there.')
    expect({hint, details, cause}).toEqual({hint: undefined, details: undefined, cause: undefined})
  })

  it('use no exit code twice, and none that a shell uses itself', () => {
    const codes = Object.values(exitCodes).map(({code}) => code)
    expect(new Set(codes).size).toBe(codes.length)
    // 126, 127: cannot run, not found; 128 + n: killed by signal n, of which 130 is Ctrl-C, as it means here.
    expect(codes.filter((code) => code >= 126)).toEqual([130])
  })
})
