import type {Guide} from './guide.ts'

/** For somebody who changes many things. */
export const bulk: Guide = {
  about: 'Change ten or ten thousand things: plan, run, resume, undo.',
  parts: () => [
    {
      title: 'SEVERAL AT ONCE',
      says: 'Names on the command line are one change: all of them, or none. Only plan change makes a job of several.',
      commands: ['pm ip rate 192.0.2.10 192.0.2.11 fair --yes --reason "complaints rose"'],
    },
    {
      title: 'A LIST',
      says: 'A file, stdin or a filter becomes a job: each is changed on its own, and those that fail hold nobody up. A file is one name a line, CSV, TSV or NDJSON, such as a list of pm.',
      commands: [
        'pm ip list --status degraded -o csv > ips.csv',
        'pm ip rate --from-file ips.csv poor --dry-run',
        'pm ip rate --from-file ips.csv poor --yes --results done.csv --rejects failed.csv',
      ],
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
      says: 'A job outlives its terminal: Ctrl-C stops it between two things, and it resumes from any machine. --rate, --workers and --max-lag keep it from hurting the database. A job is undone as a whole, by its change.',
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
      facts: [
        ['0', 'All were changed, or were so already; or a filter found none.'],
        ['6', 'Nothing was done: none of it is possible, or a saved plan is stale or too old.'],
        ['8', 'Some failed: pm job results JOB --outcome failed says which and why.'],
        ['130', 'Interrupted: pm job resume JOB goes on.'],
      ],
    },
  ],
}
