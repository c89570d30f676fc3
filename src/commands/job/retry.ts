import {planRetry} from '../../changes/job/retry.ts'
import {BulkCommand} from '../../cli/bulk-command.ts'
import type {Planner} from '../../cli/each-command.ts'
import {jobFlags} from '../../cli/job-flags.ts'
import {parseJobId} from '../../cli/job-id.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {getJob} from '../../queries/job/find.ts'
import {searchJobs} from '../../queries/job/search.ts'
import {jobViews} from '../../views/job.ts'

export default class JobRetry extends BulkCommand {
  static override permission = 'job.write' as const
  static override output = {outcome: undefined, job: jobViews.job}
  static override summary = 'Try again what failed of a job, or a canceled one left, as a new job.'
  static override description =
    'What changed since it was planned is not tried again: feed it to the command anew, from --rejects.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12 --dry-run',
    '<%= config.bin %> <%= command.id %> 12 --yes',
  ]
  static override args = {job: argument({description: 'The number of the job.'})}
  static override flags = {...jobFlags, ...writeFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(JobRetry)
    if (flags.apply !== undefined) return this.carryOutSaved(flags, jobViews)
    const id = parseJobId(await this.given(args.job, 'job', searchJobs))
    const {permission} = await this.read((db) => getJob(db, id))
    const prepare = async (): Promise<Planner> => (db, operator) => planRetry(db, id, operator)
    const again = `See which: ${this.here(`pm job results ${id} --outcome failed`)}`
    await this.carryOutEach({permission, grade: 'moderate', prepare, again}, flags, jobViews)
  }
}
