import {describe, expect, test} from 'vitest'
import {beginChange, denied, lacks, owner, psql, quarantine, useDatabase} from './world.ts'

useDatabase()

describe('nobody switches the guard off', () => {
  test.each([
    'set session_replication_role = replica',
    'alter table smtp_ip_addresses disable trigger a_pm_guard',
    'alter table smtp_ip_addresses disable trigger all',
    'drop trigger a_pm_guard on smtp_ip_addresses',
    'alter table campaigns disable row level security',
    'drop policy campaigns_staff on campaigns',
    'alter policy campaigns_staff on campaigns using (true)',
    'create policy mine on campaigns using (true)',
    'drop function pm.guard() cascade',
    `create or replace function pm.has_permission(wanted text) returns boolean language sql as 'select true'`,
    'alter function pm.guard() owner to op_viewer',
    `create function pm.mine() returns integer language sql as 'select 1'`,
    'create table pm.mine ()',
    'create table public.mine ()',
  ])('with %s', async (statement) => {
    await expect((await psql('op_viewer')).run(statement)).rejects.toMatchObject(denied)
    expect(await guardStands()).toBe(true)
  })

  test('by granting what they were not granted: that grants nothing', async () => {
    const operations = await psql('op_operations')
    await operations.run('grant update on smtp_ip_addresses to op_operations')
    await operations.run('begin')
    await beginChange(operations, 'ip.write')

    await expect(operations.run("update smtp_ip_addresses set ip_address = '192.0.2.1'")).rejects.toMatchObject(denied)
  })

  test('with triggers of pm on tables of their own', async () => {
    const viewer = await psql('op_viewer')
    await viewer.run('create temporary table email_accounts (id integer)')

    for (const name of ['guard', 'record_images', 'no_self_edit', 'append_only'])
      await expect(
        viewer.run(`create trigger t after insert on email_accounts for each statement execute function pm.${name}()`),
      ).rejects.toMatchObject(denied)
  })

  test('it stands even where a superuser replicates', async () => {
    const superuser = await psql('postgres')
    await superuser.run('set session_replication_role = replica')
    await superuser.run('set session authorization op_viewer')

    await expect(superuser.run(quarantine)).rejects.toMatchObject(lacks('op_viewer', 'ip.write'))
  })
})

async function guardStands(): Promise<boolean> {
  const [row] = await owner`select pm.has_permission('ip.write') as may, count(*)::integer as triggers from pg_trigger
    where tgname = 'a_pm_guard' and tgenabled = 'A'`
  return row?.may === false && row.triggers === 20
}
