import type {Section} from '../output/detail.ts'
import type {Here} from './here.ts'

/** What the keys of the doctor do, and the commands that do the same. */
export function doctorHelp(domain: string, here: Here): Section[] {
  return [
    {
      title: 'Looking',
      pairs: [
        ['↑ ↓', 'choose a finding or a record'],
        ['← →', 'go through what is said of it'],
        ['PgUp PgDn', 'the same, ten lines at a time'],
        ['q, Esc', 'quit'],
      ],
    },
    {
      title: 'Asking',
      pairs: [
        ['r', 'ask for this one record at its source'],
        ['R', 'check everything again'],
        ['w', 'watch it until it is right; w again stops'],
        ['t', 'follow the delegation down to the servers'],
        ['e', 'evaluate SPF for an IP'],
      ],
    },
    {
      title: 'Acting',
      pairs: [
        ['f', 'copy the fix; it is printed on leaving too'],
        ['s', 'save what was found out: shows it and asks'],
      ],
    },
    {
      title: 'The same without this screen',
      lines: [
        `pm domain doctor ${domain} -o table`,
        `pm domain watch ${domain}`,
        `pm domain trace ${domain}`,
        `pm domain spf ${domain} IP`,
        `pm domain check ${domain} --write`,
        `pm domain doctor ${domain} -o json`,
      ].map(here),
    },
  ]
}
