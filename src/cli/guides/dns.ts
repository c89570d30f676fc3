import type {Guide} from './guide.ts'

/** For somebody who wants to know why a domain won't verify. */
export const dns: Guide = {
  about: 'Why a domain won’t verify, and what to do about it.',
  parts: () => [
    {
      title: 'WHICH ONES',
      commands: ['pm domain list --status failed,error', 'pm tenant dns acme'],
    },
    {
      title: 'WHY',
      says: 'check asks the domain’s own name servers, then the resolvers, and compares what is there with what is stored. doctor tells one domain from the root of DNS down: what was expected, what was found, and the exact record that mends it. Both exit 9 where something is wrong, and 10 where something could not be asked.',
      commands: [
        'pm domain check acme.example',
        'pm domain doctor acme.example',
        'pm domain check --tenant acme --write --reason "asked by the tenant"',
        'pm domain check acme.example --server 192.0.2.53 --full',
      ],
    },
    {
      title: 'MEND IT',
      says: 'What a domain shall have is stored here, and published by whoever runs its DNS. zone prints it for them; watch waits until it is there.',
      commands: [
        'pm domain records list acme.example',
        'pm domain records set acme.example A www --value 192.0.2.80 --yes',
        'pm domain zone acme.example',
        'pm domain watch acme.example --timeout 30m',
      ],
    },
    {
      title: 'A NEW DKIM KEY',
      says: 'The private key goes to a file that only you can read, or to the vault of the context, and nowhere else.',
      commands: [
        'pm domain dkim rotate acme.example --selector pm2 --key-file acme-pm2.pem --yes',
        'pm domain deployments',
      ],
    },
    {
      title: 'THE SENDING SIDE',
      commands: ['pm domain ips acme.example', 'pm ip check 192.0.2.10'],
    },
  ],
}
