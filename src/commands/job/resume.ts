import {moveJob} from '../../changes/job/control.ts'
import {requireWritable} from '../../cli/consent.ts'
import {JobCommand} from '../../cli/job-command.ts'
import {parseJobId} from '../../cli/job-id.ts'
import {argument, runFlags, writeFlags} from '../../cli/options.ts'
import {getJob} from '../../queries/job/find.ts'
import {searchJobs} from '../../queries/job/search.ts'
import {jobViews} from '../../views/job.ts'

export default class JobResume extends JobCommand {
  static override permission = 'job.write' as const
  static override output = {list: jobViews.job}
  static override summary = 'Go on with a job, here, to its end.'
  static override description =
    'Several machines may work on one job: each item is done once. Needs the permission of what the job changes, too.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12',
    '<%= config.bin %> <%= command.id %> 12 --rate 200 --rejects left.csv',
  ]
  static override args = {job: argument({description: 'The number of the job.'})}
  static override flags = {...runFlags, ...writeFlags}

  async run(): Promise<void> {
    const {args, flags} = await this.parse(JobResume)
    const id = parseJobId(await this.given(args.job, 'job', searchJobs))
    const {state, permission} = await this.read((db) => getJob(db, id))
    if (state !== 'running') await this.make(moveJob('running'), {job: id}, flags)
    requireWritable(this.context, flags, this.commandLine)
    const {ending, job} = await this.workOn(id, permission, flags, jobViews)
    await this.showRows(jobViews.job, [job])
    this.tellEnding(ending, job)
  }
}
