import {PmCommand} from '../../src/cli/command.ts'
import {argument} from '../../src/cli/options.ts'
import * as errors from '../../src/rules/errors.ts'

const failures: Readonly<Record<string, Error>> = {
  bug: new Error('This cannot be'),
  usage: new errors.UsageError('Wrong words.'),
  not_found: new errors.NotFound('It is not there.'),
  not_identified: new errors.NotIdentified('Who is it?'),
  permission_denied: new errors.PermissionDenied('Not allowed.', {details: {permission: 'ip.write'}}),
  conflict: new errors.Conflict('Changed meanwhile.'),
  consent_needed: new errors.ConsentNeeded('Nobody to ask.'),
  partly_done: new errors.PartlyDone('3 of 5 done.', {details: {done: 3, failed: 2}}),
  check_failed: new errors.CheckFailed('It does not hold.'),
  upstream_failed: new errors.UpstreamFailed('Stripe is down.', {hint: 'See its status page.'}),
  database_unreachable: new errors.DatabaseUnreachable('Nobody answers.'),
  timed_out: new errors.TimedOut('Too slow.'),
  interrupted: new errors.Interrupted('Stopped.'),
}

/** Ends with the failure it is told to; part of the built pm of tests alone. */
export default class TestFail extends PmCommand {
  static override permission = 'none' as const
  static override args = {code: argument({description: 'The code of the error.', required: true})}

  async run(): Promise<void> {
    const {args} = await this.parse(TestFail)
    throw failures[args.code ?? ''] ?? new Error(`No failure “${args.code}”.`)
  }
}
