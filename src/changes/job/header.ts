import type {ChangeHeader} from '../../db/change-record.ts'
import type {FoundJob} from '../../queries/job/find.ts'

/** What is recorded of a transaction that works on a job, whoever does: what the job was begun with. */
export function headerOf({id, command, permission, reason, targets}: FoundJob): ChangeHeader {
  return {command, permission, reason, targets, undoOf: null, job: id}
}
