import type {Definition} from '../../output/definitions.ts'
import type {Guide} from './guide.ts'

/** For somebody who changes many things. */
export const bulk: Guide = {
  about: 'Change ten or ten thousand things: plan, run, resume, undo.',
  parts: () => [
    {
      title: 'SEVERAL AT ONCE',
      says: 'Names on the command line are one change: all of them, or none. Only plan change and staff set-role make a job of several.',
      commands: ['pm ip rate 192.0.2.10 192.0.2.11 fair --yes --reason "complaints rose"'],
    },
    {
      title: 'A LIST',
      says: 'A file, stdin or a filter becomes a job: each is changed on its own, and those that fail hold nobody up. But company set-status stays one change: all of them, or none.',
      commands: [
        'pm ip list --status degraded -o csv > ips.csv',
        'pm ip rate --from-file ips.csv poor --dry-run',
        'pm ip rate --from-file ips.csv poor --yes --results done.csv --rejects failed.csv',
      ],
    },
    {
      title: 'A DRY RUN AS DATA',
      says: 'A line for each row that would change, and one for each name that is left out. In JSON they are the rows.',
      facts: plannedFields,
      commands: ['pm ip rate --from-file ips.csv poor --dry-run -o ndjson | head -3'],
    },
    {
      title: 'WHAT A LIST MAY BE',
      says: 'Any list of pm, or names in UTF-8. All of it is read before anything is done; what is wrong is said with its line.',
      facts: listRules,
    },
    {
      title: 'PLAN NOW, DO LATER',
      says: 'A saved plan does exactly what was shown, by whomever, for a day (--valid-for). What changed since then is left as it is, and told. Files are never written over.',
      commands: [
        'pm plan change --from-plan starter --to growth --save moves.json',
        'pm plan change --apply moves.json --yes --reason "starter is retired"',
        'pm plan pending',
      ],
    },
    {
      title: 'FOLLOW IT',
      says: 'A job outlives its terminal: Ctrl-C stops it between two things, and it resumes from any machine. --rate, --workers and --max-lag keep it from hurting the database, --max-failures 5% from failing too often; setting pm.jobs_halted to true (pm config set) stops all jobs. One whose last run ended early is stopped, with why; one that nobody works on for a minute is stalled, until somebody resumes it. One of staff revoke or remove that was killed is resumed even where it is finished: sessions may be left that it still ends. That of domain check --write gets what it stores while it checks: cut short, it says the command that checks the rest. A job is undone as a whole, by its change.',
      commands: [
        'pm job list',
        'pm job show 1',
        'pm job results 1 --outcome failed',
        'pm job resume 1 --yes',
        'pm job retry 1 --yes',
        'pm audit undo 2 --yes --reason "rated too hard"',
      ],
    },
    {
      title: 'HOW IT ENDS',
      facts: endings,
    },
  ],
}

const plannedFields: readonly Definition[] = [
  ['target', 'As it was named; line is where in its list.'],
  ['outcome', 'waiting: it would change. Else why not, with a reason: already, unknown, deleted, refused, stale.'],
  ['table', 'Of the row, and its key. Null where nothing would change.'],
  ['before', 'What must still be so; after is what it becomes.'],
]

const listRules: readonly Definition[] = [
  [
    'Lines',
    'One name a line. Blank lines, and those that begin with #, are comments; a name that does begins with \\#, or in CSV stands in quotes, as pm writes it. What may be a comment or a row is refused.',
  ],
  [
    'CSV, TSV',
    'The first line is a header if it has a column that the command knows, such as id or tenant, and no id, time or domain. Ids count before names; without a header the first column, or the last that holds ids. A header may separate by semicolons. All lines have as many fields.',
  ],
  ['JSON', 'An object or a name a line, or an array of them.'],
  ['At most', '1,000,000 names and 256 MB; 1,000,000 characters in a line.'],
  ['Twice', 'Whatever it is called, nothing may stand there twice.'],
  ['Unknown', 'Jobs and checks leave it out and exit 8; a change of all or none is refused.'],
]

const endings: readonly Definition[] = [
  ['0', 'All were changed, or were so already; or a filter found none.'],
  ['6', 'Nothing was done: none of it is possible, or a saved plan is stale or too old.'],
  [
    '8',
    'Some failed, or the job was stopped: pm job results JOB says which and why, pm job retry does the rest of a canceled one.',
  ],
  ['130', 'Interrupted: pm job resume JOB goes on.'],
]
