import {moveJob} from '../../changes/job/control.ts'
import {parseJobId} from '../../cli/job-id.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchJobs} from '../../queries/job/search.ts'

export default class JobCancel extends WriteCommand {
  static override permission = 'job.write' as const
  static override output = {outcome: undefined}
  static override summary = 'End a job early; what it did stays.'
  static override description =
    'Its workers stop after the transaction under way. What was changed is taken back by pm audit undo; what was left is done by pm job retry.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12',
    '<%= config.bin %> <%= command.id %> 12 --reason "support is busy" --yes',
  ]
  static override args = {job: argument({description: 'The number of the job.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(JobCancel)
    const job = parseJobId(await this.given(args.job, 'job', searchJobs))
    await this.carryOut(moveJob('canceled'), {job}, flags)
  }
}
