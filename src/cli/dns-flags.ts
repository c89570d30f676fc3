import * as Flags from '@oclif/core/flags'
import {quoted} from '../rules/shell-word.ts'
import type {Environment} from './contexts/server-address.ts'

const helpGroup = 'DNS'

/** Which DNS servers to ask. */
export const dnsFlags = {
  server: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    env: 'PM_DNS_SERVERS',
    helpValue: 'ADDRESS',
    description: 'Resolvers to ask, instead of those of this machine: 192.0.2.53 or 192.0.2.53:5300.',
    helpGroup,
  }),
  'authority-port': Flags.integer({
    min: 1,
    max: 65_535,
    env: 'PM_DNS_PORT',
    hidden: true,
    helpValue: 'PORT',
    description: 'The port that name servers listen on, where it is not 53.',
    helpGroup,
  }),
}

// Those that ask DNS, and so could ask others than this one did.
const asking = /^pm (domain (check|doctor|spf|trace|watch)|ip check)\b/

/** A command that asks DNS, asking the same servers. What the environment says need not be said again. */
export function askingTheSame(
  command: string,
  {server = [], 'authority-port': port}: DnsChoice,
  env: Environment,
): string {
  if (!asking.test(command)) return command
  const typed = {
    server: server.join(',') === env.PM_DNS_SERVERS ? [] : server,
    'authority-port': `${port}` === env.PM_DNS_PORT ? undefined : port,
  }
  return [command, ...dnsWords(typed).map(quoted)].join(' ')
}

/** The same servers for another command line. */
export function dnsWords({server = [], 'authority-port': port}: DnsChoice): string[] {
  return [...server.flatMap((one) => ['--server', one]), ...(port === undefined ? [] : ['--authority-port', `${port}`])]
}

interface DnsChoice {
  server?: readonly string[] | undefined
  'authority-port'?: number | undefined
}

/** The key for Spamhaus's Data Query Service, a secret; null where there is none. */
export function dqsKeyOf({PM_DQS_KEY: key}: Environment): string | null {
  return key || null
}

/** Whether to look at more than mail needs. */
export const fullFlags = {
  full: Flags.boolean({
    description: 'Also MTA-STS, TLS-RPT, BIMI, DNSSEC, CAA, blocklists, PTR.',
  }),
}
