import {read, type Session} from '../../db/transaction.ts'
import {type FoundJob, getJob} from '../../queries/job/find.ts'
import type {Permission} from '../../rules/permissions.ts'

/** A job to work on, as the primary knows it. @throws NotFound */
export async function findJob(session: Session, permission: Permission, id: number): Promise<FoundJob> {
  return read(session, permission, (db) => getJob(db, id), session.primary)
}
