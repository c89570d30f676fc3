import type {Operator} from '../db/identity.ts'
import {type Context, describePlace} from './contexts/context.ts'

/** Where one works, as whom and in which role. */
export function bannerOf({name, kind, place}: Pick<Context, 'name' | 'kind' | 'place'>, operator: Operator): string {
  const who = `${operator.name ?? operator.login} (${operator.role})`
  return [name === kind ? name : `${name}, ${kind}`, describePlace(place), `as ${who}`, ...unguarded(operator)].join(
    ' · ',
  )
}

function unguarded({enforced_by}: Operator): string[] {
  return enforced_by === 'database' ? [] : ['identity declared, enforced by pm alone']
}
