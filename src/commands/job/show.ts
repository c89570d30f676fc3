import {PmCommand} from '../../cli/command.ts'
import {parseJobId} from '../../cli/job-id.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {showJob} from '../../queries/job/list.ts'
import {searchJobs} from '../../queries/job/search.ts'
import {jobSections, jobView} from '../../views/job.ts'

export default class JobShow extends PmCommand {
  static override permission = 'audit.read' as const
  static override output = {record: jobView}
  static override summary = 'Show how far a job is.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12',
    '<%= config.bin %> <%= command.id %> 12 -o json',
  ]
  static override args = {job: argument({description: 'The number of the job.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(JobShow)
    const id = parseJobId(await this.given(args.job, 'job', searchJobs))
    const job = await this.read((db) => showJob(db, id))
    await this.show(job, jobView, jobSections(job, this.here))
  }
}
