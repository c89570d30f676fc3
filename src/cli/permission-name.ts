import {nearest} from '../output/nearest.ts'
import {UsageError} from '../rules/errors.ts'
import {isPermission, type Permission, permissionNames} from '../rules/permissions.ts'

/** @throws UsageError with the permission that was probably meant */
export function parsePermission(text: string): Permission {
  if (isPermission(text)) return text
  const meant = nearest(text, permissionNames)
  throw new UsageError(`There is no permission “${text}”.`, {
    hint: meant ? `Did you mean ${meant}?` : `There are ${permissionNames.join(', ')}.`,
  })
}
