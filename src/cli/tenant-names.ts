import * as Flags from '@oclif/core/flags'
import {searchTenants} from '../queries/tenant/search.ts'
import {parseGivenName} from '../rules/given-name.ts'
import type {Nameable} from './naming-command.ts'
import {manyFlags, selectFlags} from './options.ts'

/** Tenants, many at once. */
export const tenants: Nameable = {
  noun: 'tenant',
  parse: parseGivenName,
  find: searchTenants,
}

/** Which tenants, where the arguments name something else. */
export const tenantFlags = {
  tenant: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    default: [],
    helpValue: 'TENANT',
    description: 'A tenant by name, id, domain or Stripe id; as often as needed.',
  }),
  ...manyFlags,
  ...selectFlags,
}
