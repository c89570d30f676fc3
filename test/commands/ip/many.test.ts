import {execFileSync} from 'node:child_process'
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs'
import {writeFile} from 'node:fs/promises'
import {tmpdir} from 'node:os'
import {join} from 'node:path'
import {afterAll, beforeAll, describe, expect, it} from 'vitest'
import {attempt} from '../../support/ip-write.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pm-many-'))
})
afterAll(() => rmSync(folder, {recursive: true}))

function file(content: string | Uint8Array): string {
  const path = join(folder, 'ips.txt')
  writeFileSync(path, content)
  return path
}

const release = (...argv: string[]) => ['ip', 'release', ...argv, '--yes']
const released = {
  exitCode: 0,
  changes: 1,
  wrote: ['~ ip 192.0.2.17: status quarantined → warming', '~ ip 203.0.113.28: status quarantined → warming'],
}
const nothing = {stdout: '', wrote: [], changes: 0}

describe('several IPs', () => {
  it.each<[string, string | Uint8Array]>([
    ['one a line', '192.0.2.17\n203.0.113.28\n'],
    ['without a last line feed', '192.0.2.17\n203.0.113.28'],
    ['with CRLF', '192.0.2.17\r\n203.0.113.28\r\n'],
    ['with a byte order mark', '\uFEFF192.0.2.17\n203.0.113.28\n'],
    ['with comments and blank lines', '# burning\n\n192.0.2.17\n   \n  # and\n\t203.0.113.28  \n'],
  ])('come from a file %s', async (_, content) => {
    expect(await attempt(release('--from-file', file(content)))).toMatchObject(released)
  })

  it('come from the file and the arguments together', async () => {
    expect(await attempt(release('203.0.113.28', '--from-file', file('192.0.2.17\n')))).toMatchObject(released)
  })

  it('come from stdin where - asks for it, as an argument or as the file', async () => {
    const world = {stdin: '\uFEFF# from a pipe\r\n192.0.2.17\r\n203.0.113.28\r\n'}
    expect(await attempt(release('-'), world)).toMatchObject(released)
    expect(await attempt(release('--from-file', '-'), world)).toMatchObject(released)
    expect(await attempt(release('203.0.113.28', '-'), {stdin: '192.0.2.17'})).toMatchObject(released)
  })

  it('are never read from stdin unasked', async () => {
    expect(await attempt(release(), {stdin: '192.0.2.17\n'})).toMatchObject({...nothing, exitCode: 2})
  })

  it('may not stand twice, and where they do is told', async () => {
    const path = file('203.0.113.28\n192.0.2.17\n203.0.113.28\n')
    expect(await attempt(release('192.0.2.17', '--from-file', path))).toEqual({
      ...nothing,
      exitCode: 2,
      stderr:
        `Error: “192.0.2.17” stands twice: argument and ${path} line 2. ` +
        `“203.0.113.28” stands twice: ${path} line 1 and ${path} line 3.\n` +
        'Take one of them out. Nothing was changed. (usage, exit 2)\n',
    })
  })

  it('are the same in another spelling', async () => {
    const {stderr} = await attempt(['ip', 'rate', '2001:db8:113::24', '2001:DB8:113:0::24', 'fair'])
    expect(stderr.split('\n')[0]).toBe('Error: “2001:DB8:113:0::24” stands twice among the arguments.')
  })

  it.each([
    ['quarantine', '192.0.2.99,listed\n203.0.113.24,listed\n', '192.0.2.99'],
    ['release', '192.0.2.99,listed\n203.0.113.28,listed\n', '192.0.2.99'],
    ['release', 'Burning,Why\n203.0.113.28,listed\n', 'Burning'],
  ])('are not what an unknown header of a table is taken for: pm ip %s of %j', async (command, content, name) => {
    const path = file(content)
    expect(await attempt(['ip', command, '--from-file', path, '--yes'])).toEqual({
      ...nothing,
      exitCode: 2,
      stderr:
        `Error: ${path} line 1 is no header that pm knows, and “${name}” names nothing.\n` +
        'Head the column of names with one of: ip, ip_address, name, target. ' +
        'Without a header the first column counts. (usage, exit 2)\n',
    })
  })

  it('are named in a table by the column of the database, too', async () => {
    const path = file('Why,IP Address\nlisted,203.0.113.28\n')
    expect((await attempt(['ip', 'release', '--from-file', path, '--yes'])).wrote).toEqual([
      '~ ip 203.0.113.28: status quarantined → warming',
    ])
  })

  it('are refused all, with where each malformed one stands', async () => {
    const path = file('192.0.2.17\n# fine\n203.0.113\n203.0.113.28\nacme.example\n')
    const {stderr, ...rest} = await attempt([...release('192.0.2', '--from-file', path), '-o', 'json'])
    expect(rest).toEqual({...nothing, exitCode: 2})
    expect(JSON.parse(stderr).error).toEqual({
      code: 'usage',
      message: [
        'argument: “192.0.2” is not an IP address.',
        `${path} line 3: “203.0.113” is not an IP address.`,
        `${path} line 5: “acme.example” is not an IP address.`,
      ].join(' '),
      hint: 'Give one IPv4 or IPv6 address, such as 203.0.113.24 or 2001:db8::24.',
      details: [
        {where: 'argument', value: '192.0.2'},
        {where: `${path} line 3`, value: '203.0.113'},
        {where: `${path} line 5`, value: 'acme.example'},
      ],
    })
  })

  it('are refused with the first five malformed ones and a number', async () => {
    const {stderr, ...rest} = await attempt(release('-'), {stdin: 'a\nb\nc\nd\ne\nf\ng\n'})
    expect(rest).toEqual({...nothing, exitCode: 2})
    expect(stderr).toContain('stdin line 5: “e” is not an IP address. … and 2 more.')
  })

  it.each([
    ['Latin-1', Buffer.from('# café\n192.0.2.17\n', 'latin1'), 'PATH is not in UTF-8: line 1 is not.', 'WINDOWS-1252'],
    ['UTF-16', Buffer.from('\uFEFF192.0.2.17\n', 'utf16le'), 'PATH is in UTF-16, not in UTF-8.', 'UTF-16'],
    ['UTF-16 without a mark', Buffer.from('192.0.2.17\n', 'utf16le'), 'PATH is in UTF-16, not in UTF-8.', 'UTF-16LE'],
  ])('are not read out of %s, and how to convert it is said', async (_, content, message, encoding) => {
    const path = file(content)
    expect(await attempt(release('--from-file', path))).toEqual({
      ...nothing,
      exitCode: 2,
      stderr:
        `Error: ${message.replace('PATH', path)}\n` +
        `Convert it first: iconv -f ${encoding} -t UTF-8 ${path} > ${path}.utf8 (usage, exit 2)\n`,
    })
  })

  it('are not read out of what holds NUL bytes', async () => {
    const path = file('192.0.2.17\n\u0000\u0000\n')
    expect(await attempt(release('--from-file', path))).toEqual({
      ...nothing,
      exitCode: 2,
      stderr: `Error: ${path} is no text: line 2 holds a NUL byte. (usage, exit 2)\n`,
    })
  })

  it('are not read out of a file that is not there, a folder, or a device that never ends', async () => {
    for (const [path, why] of [
      [join(folder, 'nowhere.txt'), 'there is no such file or folder'],
      [join(folder, 'nowhere.txt', 'x'), 'there is no such file or folder'],
      [folder, 'it is a folder'],
      ['/dev/zero', 'it is no file but a device'],
      [`/${'x'.repeat(300)}`, 'its name is too long'],
    ] as const) {
      expect(await attempt(release('--from-file', path))).toEqual({
        ...nothing,
        exitCode: 2,
        stderr: `Error: ${path} cannot be read: ${why}. (usage, exit 2)\n`,
      })
    }
  })

  it('come through a pipe that has a name', async () => {
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const written = writeFile(path, '192.0.2.17\n203.0.113.28\n')
    expect(await attempt(release('--from-file', path))).toMatchObject(released)
    await written
  })

  it('are not waited for on a terminal', async () => {
    expect(await attempt(release('-'), {isTTY: {stdin: true}})).toEqual({
      ...nothing,
      exitCode: 2,
      stderr:
        'Error: There is no list on stdin: it is the terminal.\n' +
        'Pipe a list in (… | pm … -), or name a file: --from-file FILE (usage, exit 2)\n',
    })
  })

  it.each(['', '\n\n', '# only\n# comments\n', '\uFEFF', 'ip\n', 'ip,why\n'])('are missing in %j', async (content) => {
    const path = file(content)
    const {stderr, ...rest} = await attempt(release('--from-file', path))
    expect(rest).toEqual({...nothing, exitCode: 2})
    expect(stderr).toBe(`Error: There is no IP in ${path}. (usage, exit 2)\n`)
  })

  it('may be far more than a statement has parameters', async () => {
    const many = Array.from(
      {length: 70_000},
      (_, n) => `2001:db8:ffff:${(n >> 8).toString(16)}::${(n & 255).toString(16)}`,
    )
    const {stderr, ...rest} = await attempt(['ip', 'quarantine', '-', '--yes'], {stdin: many.join('\n')})
    expect(rest).toEqual({...nothing, exitCode: 6})
    expect(stderr).toContain('! 70,000 left out, unknown: 2001:db8:ffff:: (line 1), ')
  })

  it('may not be more than 1,000,000', async () => {
    const {stderr, exitCode} = await attempt(release('-'), {stdin: '192.0.2.17\n'.repeat(1_000_001)})
    expect({exitCode, stderr}).toEqual({
      exitCode: 2,
      stderr: 'Error: There are more than 1,000,000 names in stdin. (usage, exit 2)\n',
    })
  })

  it('show a hostile name harmlessly', async () => {
    const {stderr} = await attempt(release('192.0.2.17\u001b[2J\nError: none'))
    expect(stderr).toBe(
      'Error: “192.0.2.17\\u{1b}[2J\\u{a}Error: none” is not an IP address.\n' +
        'Give one IPv4 or IPv6 address, such as 203.0.113.24 or 2001:db8::24. (usage, exit 2)\n',
    )
  })
})
