import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {jobOrdering, listJobs} from '../../queries/job/list.ts'
import {listing} from '../../queries/paging.ts'
import {jobStandings} from '../../rules/job-lifecycle.ts'
import {jobView} from '../../views/job.ts'

export default class JobList extends PmCommand {
  static override permission = 'audit.read' as const
  static override output = {list: jobView}
  static override ordering = jobOrdering
  static override summary = 'List bulk jobs, newest first, with how far each is.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --state running,paused',
  ]
  static override flags = {
    state: Flags.option({
      options: jobStandings,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'STATE',
    })({
      description: `Only jobs in these states: ${jobStandings.join(', ')}.`,
    }),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(JobList)
    await this.list(
      jobView,
      listing(jobOrdering, (db) => listJobs(db, {standing: flags.state})),
    )
  }
}
