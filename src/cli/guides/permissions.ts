import type {Guide} from './guide.ts'

/** For somebody who was refused, and for those who decide who may do what. */
export const permissions: Guide = {
  about: 'Who may do what, and how to let somebody do more.',
  parts: () => [
    {
      title: 'MAY I?',
      says: 'The database decides, by the login you connect with: it belongs to a person, who has a role, which has permissions. Each is TOPIC.ACT, such as ip.write. A refusal exits 5 and says which roles may.',
      commands: ['pm whoami', 'pm can ip.write', 'pm audit refusals --since 7d'],
    },
    {
      title: 'WHO MAY',
      commands: [
        'pm staff list',
        'pm staff show sue@penguinmails.example',
        'pm staff role list',
        'pm staff role show support',
        'pm staff permission list --topic ip',
      ],
    },
    {
      title: 'LET SOMEBODY IN',
      says: 'They have a user on the platform; enrolling gives them a login and a place on the staff. Nobody changes their own place, and the last admin stays.',
      commands: [
        'pm staff enroll sam@penguinmails.example --login sam --create-login --dry-run',
        'pm staff set-role sam@penguinmails.example operations --yes',
        'pm staff role create helpdesk --permission tenant.read --permission domain.read',
        'pm staff role grant helpdesk audit.read --yes',
      ],
    },
    {
      title: 'SHUT SOMEBODY OUT',
      says: 'revoke withdraws the login and ends its sessions at once; what they were just doing is not committed.',
      commands: [
        'pm staff revoke olga@penguinmails.example --dry-run',
        'pm staff remove sam@penguinmails.example --confirm sam@penguinmails.example',
      ],
    },
  ],
}
