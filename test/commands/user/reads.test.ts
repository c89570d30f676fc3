import {describe, expect, it} from 'vitest'
import {reading} from '../../support/reading.ts'

const {pm, seen, json} = reading({
  arrange: String.raw`
    update users set deleted = now() - interval '1 day' where email = 'nikau@newleaf.example';
    update users set name = E'Mallory\x1b[31m\u202egrey' where email = 'mallory@hello-ops.example';
    insert into users (id, email, name) values
      ('00000000-0000-4000-8000-000000000001', 'twin@acme.example', 'One'),
      ('00000000-0000-4000-8000-000000000002', 'TWIN@acme.example', 'Two')`,
})

describe('pm user list', () => {
  it('draws a table on a terminal', async () => {
    expect((await seen('user', 'list', '--tenant', 'acme')).stdout).toMatchInlineSnapshot(`
      "E-MAIL              NAME          TENANTS  STAFF ROLE  CREATED   DELETED
      alice@acme.example  Alice Archer        1  -           2y ago    -
      ben@acme.example    Ben Okafor          1  -           21mo ago  -
      chloe@acme.example  Chloe Nguyen        1  -           18mo ago  -
      "
    `)
  })

  it('finds those whose e-mail or name begins so, in any case', async () => {
    expect(await json('user', 'list', '--search', 'PRIYA', '--fields', 'email,tenants')).toEqual([
      {email: 'priya@lumenhealth.example', tenants: 1},
    ])
    expect((await pm('user', 'list', '--search', 'ravi m', '-o', 'name')).stdout).toBe('ravi@atlasfreight.example\n')
    expect((await pm('user', 'list', '--search', '%', '-o', 'name')).stdout).toBe('')
  })

  it('knows our own people, with or without a role', async () => {
    const {stdout} = await pm('user', 'list', '--staff', '-o', 'tsv', '--fields', 'email,staff')
    expect(stdout).toContain('ada@penguinmails.example\tadmin\n')
    expect(stdout).toContain('otto@penguinmails.example\t\n')
    expect(stdout.split('\n')).toHaveLength(9)
  })

  it('leaves out of a tenant who left it', async () => {
    const {stdout} = await pm('user', 'list', '--tenant', 'acme.example', '-o', 'name')
    expect(stdout).toBe('alice@acme.example\nben@acme.example\nchloe@acme.example\n')
  })

  it('goes on from page to page, newest first', async () => {
    const all = (await pm('user', 'list', '--sort=-created', '-o', 'name')).stdout
    expect(all.split('\n').length).toBeGreaterThan(50)
    const first = await seen('user', 'list', '--sort', '-created', '--limit', '30', '-o', 'wide')
    const [, after = ''] = first.stderr.match(/--after (\S+)/) ?? []
    const rest = (await pm('user', 'list', '--sort', '-created', '--after', after, '-o', 'name')).stdout
    expect(all.split('\n').slice(30)).toEqual(rest.split('\n'))
  })

  it('says so where none is found', async () => {
    expect(await pm('user', 'list', '--search', 'zzz', '-o', 'json')).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: 'No users found.\n',
    })
  })

  it('shows a hostile name harmlessly', async () => {
    const {stdout} = await seen('user', 'list', '--search', 'mallory')
    expect(stdout).toContain('Mallory\\u{1b}[31m\\u{202e}grey')
    expect(stdout).not.toContain('\u001b')
  })
})

describe('pm user show', () => {
  it('tells a person their tenants and roles, staff role and preferences', async () => {
    expect(await seen('user', 'show', 'Ravi@atlasfreight.example')).toMatchInlineSnapshot(`
      {
        "exitCode": 0,
        "stderr": "",
        "stdout": "E-mail      ravi@atlasfreight.example
      Name        Ravi Menon
      Staff role  -
      Verified    23mo ago
      Created     23mo ago
      Updated     2mo ago
      ID          c8c34c55-889d-8afc-9fe7-199e1fe933ce

      Tenants
        TENANT              ROLES  JOINED    LEFT
        Atlas Freight       admin  23mo ago  -
        Bright Path Tutors  admin  3mo ago   -

      Preferences
        Theme              light
        Language           nl
        Time zone          Europe/Amsterdam
        E-mail notices     no
        Push notices       no
        Weekly reports     no
        Marketing e-mails  no

      Recent changes
        No changes.
      ",
      }
    `)
  })

  it('tells programs the same', async () => {
    expect(await json('user', 'show', 'ravi@atlasfreight.example')).toMatchObject({
      email: 'ravi@atlasfreight.example',
      staff: null,
      memberships: [
        {tenant: 'Atlas Freight', roles: ['admin'], left: null},
        {tenant: 'Bright Path Tutors', roles: ['admin'], left: null},
      ],
      preferences: {language: 'nl', timezone: 'Europe/Amsterdam'},
      changes: [],
    })
    expect(await json('user', 'show', 'ada@penguinmails.example', '--fields', 'staff,preferences,memberships')).toEqual(
      {
        staff: 'admin',
        preferences: null,
        memberships: [],
      },
    )
  })

  it('finds a deleted user where no other has the address, and says when they went', async () => {
    expect((await seen('user', 'show', 'nikau@newleaf.example')).stdout).toMatch(/\nDeleted {5}\d+h? ?/)
  })

  it.each([
    ['nobody@x', 3, 'No user nobody@x.'],
    ['00000000-0000-0000-0000-000000000000', 3, 'No user 00000000-0000-0000-0000-000000000000.'],
    ['twin@acme.example', 6, 'Several users have the e-mail twin@acme.example.'],
  ])('%s ends with %i', async (named, exitCode, message) => {
    const ran = await pm('user', 'show', named)
    expect(ran).toMatchObject({exitCode, stdout: ''})
    expect(ran.stderr).toContain(message)
  })
})
