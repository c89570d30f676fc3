import {setTimeout as wait} from 'node:timers/promises'
import {PmCommand} from '../../cli/command.ts'
import {parseJobId} from '../../cli/job-id.ts'
import {JobStatus} from '../../cli/job-status.ts'
import {argument, recordFlags} from '../../cli/options.ts'
import {showJob} from '../../queries/job/list.ts'
import {searchJobs} from '../../queries/job/search.ts'
import {PartlyDone} from '../../rules/errors.ts'
import {jobSections, jobView} from '../../views/job.ts'
import {whole} from '../../views/some-count.ts'

const pollMs = 1_000

export default class JobWatch extends PmCommand {
  static override permission = 'audit.read' as const
  static override output = {record: jobView}
  static override summary = 'Watch a job until it is finished, paused, canceled, stopped or stalled.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12',
    '<%= config.bin %> <%= command.id %> 12 -o json',
  ]
  static override args = {job: argument({description: 'The number of the job.'})}
  static override flags = recordFlags

  async run(): Promise<void> {
    const {args} = await this.parse(JobWatch)
    const id = parseJobId(await this.given(args.job, 'job', searchJobs))
    const status = new JobStatus(this.terminal)
    let job = await this.read((db) => showJob(db, id))
    while (job.standing === 'running' && !this.interruption.signal.aborted) {
      status.show({...job, worked_off: job.items - job.left})
      await wait(pollMs, undefined, {signal: this.interruption.signal}).catch(() => {})
      job = await this.read((db) => showJob(db, id))
    }
    status.end()
    await this.show(job, jobView, jobSections(job, this.here))
    if (this.interruption.signal.aborted || job.standing === 'finished') return
    const {standing, items, left, stopped} = job
    const is = stopped === null ? standing : `${standing} (${stopped})`
    const hint =
      standing === 'canceled'
        ? `See what it did: ${this.here(`pm job results ${id}`)}`
        : `Go on: ${this.here(`pm job resume ${id}`)}`
    throw new PartlyDone(`Job ${id} is ${is}: ${whole(left)} of ${whole(items)} are left.`, {hint})
  }
}
