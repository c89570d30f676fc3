import type {Guide} from './guide.ts'

/** For somebody who has pm for an hour. */
export const firstSteps: Guide = {
  about: 'Look around, make a change and take it back.',
  parts: () => [
    {
      title: 'LOOK',
      says: 'Without a context, pm works in the sandbox: a database of its own with example data, where nothing can go wrong.',
      commands: ['pm status', 'pm find acme', 'pm tenant show acme', 'pm ip list --listed'],
    },
    {
      title: 'CHANGE',
      says: 'A change is shown before it is made, and asks. --dry-run only shows it, and exits 9 if something would change. Each change has a number, and can be taken back by it.',
      commands: [
        'pm ip quarantine 192.0.2.10 --dry-run',
        'pm ip quarantine 192.0.2.10 --yes --reason "listed on Spamhaus SBL"',
        'pm audit list',
        'pm audit undo 1 --yes --reason "it was delisted"',
      ],
    },
    {
      title: 'GO TO A DATABASE',
      says: 'A context says where pm works, and of which kind that is. A production context is read-only without --write, and wants a --reason. The host and the database here are to be yours. Passwords never stand on the command line: pm reads them from PGPASSWORD, ~/.pgpass or --password-stdin.',
      commands: [
        'pm context add prod --kind production --host db.example.com --database app',
        'pm context list',
        'pm whoami --context prod',
        'pm context use sandbox',
      ],
    },
    {
      title: 'BE AT HOME',
      says: 'On a terminal, pm alone searches everything, and what you leave out of a command is asked for. Try the sandbox to pieces: it can be made anew.',
      commands: ['source <(pm completion bash)', 'pm', 'pm shell', 'pm top', 'pm sandbox reset --yes'],
    },
  ],
}
