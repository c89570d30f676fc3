import type {Guide} from './guide.ts'

/** For somebody who puts pm into a script. */
export const scripting: Guide = {
  about: 'Data on stdout, words on stderr, an exit code for every case.',
  parts: () => [
    {
      title: 'READ',
      says: 'Off a terminal a list is TSV without a header, all rows, and times are ISO 8601 in UTC. Fields have one name in every format, and --fields says which and in which order.',
      commands: [
        'pm ip list --status warmed --fields ip,reputation | sort -k2',
        'pm ip show 192.0.2.10 -o json --fields ip,status,reputation',
        'pm tenant list -o csv > tenants.csv',
        'pm domain list --status failed -o ndjson | head -3',
        'pm schema ip list',
      ],
    },
    {
      title: 'WRITE',
      says: 'Nothing is asked where nobody can answer. --yes consents; what is severe wants --confirm with the very name. Without consent pm exits 7, says the command that would do it, and has done nothing.',
      commands: [
        'pm ip rate 192.0.2.10 fair --yes --reason "complaints rose"',
        'pm tenant delete "Blue Anchor Shipping" --confirm "Blue Anchor Shipping"',
      ],
    },
    {
      title: 'PIPE',
      says: 'Names go from one command to the next. stdin is read only where --from-file - asks for it, so a loop over lines keeps its lines.',
      commands: [
        'pm ip list --status degraded -o name | pm ip rate --from-file - poor --yes',
        'pm plan list -o name | while read -r plan; do pm plan show "$plan"; done',
      ],
    },
    {
      title: 'DECIDE',
      says: 'Exit codes are a promise (pm help exit-codes). With -o json an error is one JSON object on stderr, with a code and often a hint.',
      commands: [
        'pm can ip.write --quiet && echo "May change IPs."',
        'pm ip show 192.0.2.99 -o json 2> error.json || echo "It ended with $?."',
        'pm ip rate 192.0.2.10 poor --dry-run || test $? -eq 9',
      ],
    },
    {
      title: 'SETTINGS',
      says: 'A flag wins over the environment, and the environment over what is saved.',
      facts: [
        ['PM_CONTEXT', 'Where to work. Name it in every script.'],
        ['PM_OUTPUT', 'The format, as -o.'],
        ['PM_REASON', 'Why, for every change; required in production.'],
        ['PM_WRITE=1', 'Allows writing in production.'],
        ['PM_NO_INPUT=1', 'Never asks, even on a terminal.'],
        ['PM_TIMEOUT', 'Seconds for a statement. PM_TIME is how times are shown.'],
        ['NO_COLOR=1', 'No colour. PM_ACCESSIBLE=1 is plain lines, for screen readers.'],
      ],
    },
  ],
}
