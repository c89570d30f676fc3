import {moveJob} from '../../changes/job/control.ts'
import {findJob} from '../../changes/job/find.ts'
import {reportJob} from '../../changes/job/report.ts'
import {requireWritable} from '../../cli/consent.ts'
import {JobCommand} from '../../cli/job-command.ts'
import {cutShort} from '../../cli/job-ending.ts'
import {requireFiles} from '../../cli/job-files.ts'
import {resumeFlags} from '../../cli/job-flags.ts'
import {parseJobId} from '../../cli/job-id.ts'
import {argument} from '../../cli/options.ts'
import {getJob} from '../../queries/job/find.ts'
import {showJob} from '../../queries/job/list.ts'
import {jobProgress} from '../../queries/job/progress.ts'
import {searchJobs} from '../../queries/job/search.ts'
import {exitCodes} from '../../rules/exit-codes.ts'
import type {Permission} from '../../rules/permissions.ts'
import {jobViews} from '../../views/job.ts'

export default class JobResume extends JobCommand {
  static override permission = 'job.write' as const
  static override output = {list: jobViews.job}
  static override summary = 'Go on with a job, here, to its end.'
  static override description =
    'Several machines may work on one job: each item is done once. A job that somebody paused takes consent. Needs the permission of what the job changes, too.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12',
    '<%= config.bin %> <%= command.id %> 12 --rate 200 --rejects left.csv',
  ]
  static override args = {job: argument({description: 'The number of the job.'})}
  static override flags = resumeFlags

  async run(): Promise<void> {
    const {args, flags} = await this.parse(JobResume)
    const id = parseJobId(await this.given(args.job, 'job', searchJobs))
    const {permission, command} = await this.read((db) => getJob(db, id))
    const {standing} = await this.read((db) => showJob(db, id))
    const {open} = await this.read((db) => jobProgress(db, id))
    // Before the job runs again, for others who may go on with it.
    await findJob(await this.session(), permission, id)
    requireFiles(flags, true)
    if (standing === 'paused' || standing === 'canceled') await this.make(moveJob('running'), {job: id}, flags)
    if (flags['dry-run']) return this.preview(id, permission)
    requireWritable(this.context, flags, this.commandLine)
    const worked = await this.showStanding(await this.workOn(id, permission, flags, jobViews), jobViews)
    if (open && worked.ending === 'finished') throw cutShort(worked.job, command)
    this.tellEnding(worked)
  }

  private async preview(id: number, permission: Permission): Promise<void> {
    const job = await reportJob(await this.session(), permission, id)
    await this.showRows(jobViews.job, [job])
    if (job.left > 0) process.exitCode = exitCodes.checkFailed.code
  }
}
