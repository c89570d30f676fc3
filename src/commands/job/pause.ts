import {moveJob} from '../../changes/job/control.ts'
import {parseJobId} from '../../cli/job-id.ts'
import {argument, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchJobs} from '../../queries/job/search.ts'

export default class JobPause extends WriteCommand {
  static override permission = 'job.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Make a job wait, wherever it is worked on.'
  static override description =
    'Its workers stop after the transaction under way. pm job resume goes on. To stop all jobs: pm config set pm.jobs_halted true'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12',
    '<%= config.bin %> <%= command.id %> 12 --reason "support is busy"',
  ]
  static override args = {job: argument({description: 'The number of the job.'})}
  static override flags = writeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(JobPause)
    const job = parseJobId(await this.given(args.job, 'job', searchJobs))
    await this.carryOut(moveJob('paused'), {job}, flags)
  }
}
