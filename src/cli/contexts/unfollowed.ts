import {UsageError} from '../../rules/errors.ts'

/**
 * Parameters of libpq, with their variables, that pm does not follow. To ignore them would be to connect elsewhere or
 * less safely than asked (PostgreSQL documentation, "Parameter Key Words" and "Environment Variables" of libpq).
 */
const unfollowed = {
  service: 'PGSERVICE',
  hostaddr: 'PGHOSTADDR',
  target_session_attrs: 'PGTARGETSESSIONATTRS',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  sslcrl: 'PGSSLCRL',
  options: 'PGOPTIONS',
} as const

/** @throws UsageError for the first of them that is given */
export function refuseUnfollowed(
  given: (parameter: string, variable: string) => string | undefined,
  nameOf: (parameter: string, variable: string) => string,
): void {
  for (const [parameter, variable] of Object.entries(unfollowed)) {
    if (!given(parameter, variable)) continue
    throw new UsageError(`pm does not follow ${nameOf(parameter, variable)}.`, {
      hint: 'Leave it out, or save a context instead: pm context add NAME --host …',
    })
  }
}
