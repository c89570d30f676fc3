import {sql} from 'kysely'
import {afterAll, beforeAll, describe, expect, test} from 'vitest'
import {freshDatabase, type TestDatabase} from '../support/database.ts'
import {bash, pm} from '../support/process.ts'

let database: TestDatabase
let env: {DATABASE_URL: string}
beforeAll(async () => {
  database = await freshDatabase()
  env = {DATABASE_URL: database.url('op_admin')}
})
afterAll(() => database.drop())

describe('stdout is data only', () => {
  test('a write: its banner, plan and outcome in words on stderr, the outcome as data on stdout', async () => {
    const {exitCode, stdout, stderr} = await pm(['ip', 'retire', '192.0.2.17', '--yes', '-o', 'json'], {env})
    expect(exitCode).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({change: 1, undo: 'pm audit undo 1', targets: ['ip:192.0.2.17']})
    expect(stderr).toMatch(/^▸ .+ · as Ada Admin \(admin\)\n/)
    expect(stderr).toContain('Done: change 1. To undo it: pm audit undo 1')
  })

  test('a list in every machine format', async () => {
    const argv = ['ip', 'list', '--status', 'burned', '--fields', 'ip,status']
    const formats = ['json', 'ndjson', 'csv', 'tsv', 'yaml', 'name']
    const outputs = await Promise.all(formats.map((format) => pm([...argv, '-o', format], {env})))
    expect(outputs.map(({stderr}) => stderr).join('')).toBe('')
    expect(Object.fromEntries(formats.map((format, index) => [format, outputs[index]?.stdout]))).toMatchInlineSnapshot(`
      {
        "csv": "ip,status
      192.0.2.17,burned
      192.0.2.144,burned
      198.51.100.37,burned
      203.0.113.26,burned
      ",
        "json": "[
        {
          "ip": "192.0.2.17",
          "status": "burned"
        },
        {
          "ip": "192.0.2.144",
          "status": "burned"
        },
        {
          "ip": "198.51.100.37",
          "status": "burned"
        },
        {
          "ip": "203.0.113.26",
          "status": "burned"
        }
      ]
      ",
        "name": "192.0.2.17
      192.0.2.144
      198.51.100.37
      203.0.113.26
      ",
        "ndjson": "{"ip":"192.0.2.17","status":"burned"}
      {"ip":"192.0.2.144","status":"burned"}
      {"ip":"198.51.100.37","status":"burned"}
      {"ip":"203.0.113.26","status":"burned"}
      ",
        "tsv": "192.0.2.17	burned
      192.0.2.144	burned
      198.51.100.37	burned
      203.0.113.26	burned
      ",
        "yaml": "- ip: "192.0.2.17"
        status: burned
      - ip: "192.0.2.144"
        status: burned
      - ip: "198.51.100.37"
        status: burned
      - ip: "203.0.113.26"
        status: burned
      ",
      }
    `)
  })

  test('nothing found is an empty list and a word on stderr', async () => {
    const {exitCode, stdout, stderr} = await pm(['ip', 'list', '--region', 'mars', '-o', 'json'], {env})
    expect([exitCode, JSON.parse(stdout), stderr]).toEqual([0, [], 'No IPs found.\n'])
  })

  test('with stderr closed the data comes all the same', async () => {
    const {exitCode, stdout} = await bash('pm ip list --status burned -o name 2>&-', {env})
    expect([exitCode, stdout.split('\n').length]).toEqual([0, 5])
  })
})

describe('a reader that has enough', () => {
  beforeAll(async () => {
    await sql`insert into smtp_ip_addresses (ip_address, status)
      select '10.' || n / 65536 || '.' || n / 256 % 256 || '.' || n % 256, 'available'
      from generate_series(1, 30000) n`.execute(database.owner.db)
  })

  test.each(['tsv', 'json', 'ndjson', 'csv', 'yaml', 'name'])(
    'closes the pipe, and pm -o %s ends without a word',
    async (format) => {
      const {stdout, stderr} = await bash(`pm ip list -o ${format} | head -1; echo "\${PIPESTATUS[@]}"`, {env})
      expect([stderr, stdout.trimEnd().split('\n').at(1)]).toEqual(['', '0 0'])
    },
  )

  test('a full disk is an error, not a short list', async () => {
    const {exitCode, stderr} = await bash('pm ip list -o csv > /dev/full', {env})
    expect([exitCode, stderr]).toEqual([
      8,
      'Error: stdout could not be written: ENOSPC: no space left on device, write.\n' +
        'Is the disk full? What was written is not all of it. (partly_done, exit 8)\n',
    ])
  })

  test('a full disk hides no change that was made', async () => {
    const {exitCode, stderr} = await bash('pm ip rate 198.51.100.35 fair > /dev/full', {env})
    expect([exitCode, stderr]).toEqual([8, expect.stringMatching(/^Done: change \d+\. To undo it: .*\nError: stdout/m)])
  })

  test('of the words alone does not stop a change half said', async () => {
    const line = `pm ip retire 198.51.100.146 --yes 2>&1 >/dev/null | head -1; echo "\${PIPESTATUS[@]}"`
    const {stdout} = await bash(line, {env})
    expect(stdout).toMatch(/^▸ .+\n0 0\n$/)
    expect(await statusOf('198.51.100.146')).toBe('burned')
  })
})

describe('input', () => {
  test('a `while read` loop around pm loses none of its lines', async () => {
    const line = 'while read -r ip; do pm ip show "$ip" -o ndjson --fields ip,status; done'
    const {stdout, stderr} = await bash(line, {env, stdin: '192.0.2.10\n192.0.2.15\n203.0.113.26\n'})
    expect(stdout).toBe(
      '{"ip":"192.0.2.10","status":"warmed"}\n' +
        '{"ip":"192.0.2.15","status":"available"}\n' +
        '{"ip":"203.0.113.26","status":"burned"}\n',
    )
    expect(stderr).toBe('')
  })

  test('not even where the argument is missing', async () => {
    const line = 'while read -r ip; do pm ip show; echo "$ip $?"; done'
    const {stdout} = await bash(line, {env, stdin: '192.0.2.10\n192.0.2.15\n'})
    expect(stdout).toBe('192.0.2.10 2\n192.0.2.15 2\n')
  })

  test('nor where consent is missing: nothing on stdin is an answer', async () => {
    const {stdout} = await bash('pm ip quarantine 203.0.113.24; echo $?; cat', {env, stdin: 'y\nyes\n'})
    expect(stdout).toBe('7\ny\nyes\n')
    expect(await statusOf('203.0.113.24')).toBe('warmed')
  })

  test('is read where a dash asks for it', async () => {
    const {stdout, exitCode} = await pm(['ip', 'retire', '-', '--yes', '-o', 'json'], {
      env,
      stdin: '# from the list of the hoster\n192.0.2.15\n192.0.2.16\n',
    })
    expect([exitCode, JSON.parse(stdout).job.changed]).toEqual([0, 2])
    expect([await statusOf('192.0.2.15'), await statusOf('192.0.2.16')]).toEqual(['burned', 'burned'])
  })
})

async function statusOf(ip: string): Promise<string | null | undefined> {
  const row = await database.owner.db
    .selectFrom('smtp_ip_addresses')
    .select('status')
    .where('ip_address', '=', ip)
    .executeTakeFirst()
  return row?.status
}
