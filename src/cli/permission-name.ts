import {UsageError} from '../rules/errors.ts'
import {isPermission, type Permission, permissionNames} from '../rules/permissions.ts'

/** @throws UsageError for none that there is */
export function parsePermission(text: string): Permission {
  if (isPermission(text)) return text
  throw new UsageError(`There is no permission “${text}”.`, {
    hint: 'See which there are: pm staff permission list',
    sought: {name: text, among: permissionNames},
  })
}
