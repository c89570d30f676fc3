import {expect, test} from 'vitest'
import {offersFor} from '../../src/screens/offers.ts'

const record = async () => ({undone_by: null, permission: 'tenant.write'})
const offer = async () => 'Undo a change.'

test('undoing a change is offered to who may make it, too', async () => {
  const may = (permission: string) => permission === 'tenant.write'
  expect(await offersFor(['audit', 'show', '7'], {offer, record, may})).toMatchObject([
    {summary: 'Undo a change.', line: ['audit', 'undo', '7']},
  ])
  expect(await offersFor(['audit', 'show', '7'], {offer, record, may: () => false})).toEqual([])
})
