import {undoChange} from '../../changes/audit/undo.ts'
import {planJobUndo} from '../../changes/audit/undo-job.ts'
import {BulkCommand, isKept} from '../../cli/bulk-command.ts'
import {parseChangeId} from '../../cli/change-id.ts'
import type {Planner} from '../../cli/each-command.ts'
import {jobFlags} from '../../cli/job-flags.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {getChange} from '../../queries/audit/find.ts'
import {searchChanges} from '../../queries/audit/search.ts'
import {jobOfChange} from '../../queries/job/of-change.ts'
import {UsageError} from '../../rules/errors.ts'
import {jobViews} from '../../views/job.ts'

export default class AuditUndo extends BulkCommand {
  static override permission = 'audit.undo' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Put back what a change did, or refuse where rows changed since.'
  static override description =
    'Needs the permission of the change itself, too. Either every row is put back or none is. What a job did is put back by a job: each of its items as a whole, and those that changed since are left as they are. The undo is itself a change, and can be undone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12 --dry-run',
    '<%= config.bin %> <%= command.id %> 12 --reason "wrong IP" --yes',
  ]
  static override args = {change: argument({description: 'The id of the change.'})}
  static override flags = {...jobFlags, ...writeFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(AuditUndo)
    if (flags.apply !== undefined) return this.carryOutSaved(flags, jobViews)
    const id = parseChangeId(await this.given(args.change, 'change', searchChanges))
    const found = await this.read(async (db) => ({...(await getChange(db, id)), job: await jobOfChange(db, id)}))
    const {permission, grade} = undoChange(found.permission)
    const {job} = found
    if (!job && isKept(flags))
      throw new UsageError(`Change ${id} is no job: it is undone at once or not at all.`, {
        hint: 'Leave --save, --results and --rejects out. To look only: --dry-run',
      })
    if (!job) return this.carryOut(undoChange(found.permission), {id}, flags)
    const plan: Planner = (db, operator) => planJobUndo(db, {change: id, ...job}, operator)
    const again = 'Undo what came after it first: pm audit list'
    await this.carryOutEach({permission, grade, prepare: async () => plan, again}, flags, jobViews)
  }
}
