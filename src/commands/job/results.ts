import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {parseJobId} from '../../cli/job-id.ts'
import {argument, listFlags} from '../../cli/options.ts'
import {getJob} from '../../queries/job/find.ts'
import {listResults, resultOrdering} from '../../queries/job/results.ts'
import {searchJobs} from '../../queries/job/search.ts'
import {listing} from '../../queries/paging.ts'
import {itemOutcomes} from '../../rules/item-outcome.ts'
import {jobResultView} from '../../views/job.ts'

export default class JobResults extends PmCommand {
  static override permission = 'audit.read' as const
  static override output = {list: jobResultView}
  static override ordering = resultOrdering
  static override summary = 'List what became of each item of a job.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> 12 --outcome failed,stale',
    '<%= config.bin %> <%= command.id %> 12 -o csv',
  ]
  static override args = {job: argument({description: 'The number of the job.'})}
  static override flags = {
    outcome: Flags.option({
      options: itemOutcomes,
      multiple: true,
      multipleNonGreedy: true,
      delimiter: ',',
      helpValue: 'OUTCOME',
    })({
      description: `Only those that ended so: ${itemOutcomes.join(', ')}.`,
    }),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(JobResults)
    const {id} = await this.read(async (db) => getJob(db, parseJobId(await this.given(args.job, 'job', searchJobs))))
    await this.list(
      jobResultView,
      listing(resultOrdering, (db) => listResults(db, id, flags.outcome)),
    )
  }
}
