import {describe, expect, it} from 'vitest'
import {guardedTables} from '../../src/db/guarded-tables.ts'
import {isPermission, permissionNames, permissions} from '../../src/rules/permissions.ts'
import {roleNames, roles} from '../../src/rules/roles.ts'

describe('the permission catalogue', () => {
  it('names every permission as topic.act', () => {
    expect(permissionNames.filter((name) => !/^[a-z]+\.(read|write|delete|reveal|undo)$/.test(name))).toEqual([])
  })

  it('describes every permission in a sentence', () => {
    expect(Object.values(permissions).filter((text) => !/^[A-Z].+\.$/.test(text))).toEqual([])
  })

  it('lets everybody who may write also look, topic by topic', () => {
    const writing = permissionNames.filter((name) => /\.(write|delete|reveal)$/.test(name))
    const blind = writing.filter((name) => !isPermission(name.replace(/\.\w+$/, '.read')))
    // Jobs are seen by whoever may do what they do.
    expect(blind).toEqual(['job.write'])
  })

  it('has the permission of every table that pm writes', () => {
    const needed = Object.values(guardedTables).map(({permission}) => permission)
    expect(needed.filter((name) => !isPermission(name))).toEqual([])
  })

  it.each(['ip.destroy', '', 'toString', '__proto__', 'IP.READ', ' ip.read'])('does not know %j', (name) => {
    expect(isPermission(name)).toBe(false)
  })
})

describe('the roles', () => {
  it.each(roleNames)('of pm grant only what is in the catalogue, each once: %s', (name) => {
    const {grants, description} = roles[name]
    expect(grants.filter((grant) => !isPermission(grant))).toEqual([])
    expect(new Set(grants).size).toBe(grants.length)
    expect(description).toMatch(/^[A-Z].+\.$/)
  })

  it('leave no permission that nobody has', () => {
    expect(new Set(roles.admin.grants)).toEqual(new Set(permissionNames))
  })

  it('let the viewer change nothing and see no personal data and no secret', () => {
    expect(roles.viewer.grants.filter((grant) => !grant.endsWith('.read'))).toEqual([])
    expect(roles.viewer.grants).not.toContain('lead.read')
  })

  it('give staff, configuration and the deletion of tenants to admins alone', () => {
    const guarded = ['staff.write', 'config.write', 'config.reveal', 'tenant.delete'] as const
    const holders = roleNames.filter((role) => guarded.some((permission) => roles[role].grants.includes(permission)))
    expect(holders).toEqual(['admin'])
  })

  it('let whoever changes something undo it', () => {
    const writing = roleNames.filter((role) => roles[role].grants.some((grant) => grant.endsWith('.write')))
    expect(writing.filter((role) => !roles[role].grants.includes('audit.undo'))).toEqual([])
  })

  it('that write can see what they write', () => {
    const blind = roleNames.flatMap((role) =>
      roles[role].grants
        .filter((grant) => grant.endsWith('.write') && grant !== 'job.write')
        .map((grant) => grant.replace(/write$/, 'read'))
        .filter((read) => !roles[role].grants.some((grant) => grant === read)),
    )
    expect(blind).toEqual([])
  })
})
