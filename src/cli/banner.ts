import type {Operator} from '../db/identity.ts'
import {painter} from '../output/colors.ts'
import {sanitize} from '../output/sanitize.ts'
import type {Style} from '../output/style.ts'
import {kindTones} from '../rules/context.ts'
import {type Context, describePlace} from './contexts/context.ts'

/** The line that says where one writes, as whom and in which role, in the colour of the kind of place. */
export async function paintBanner(
  context: Pick<Context, 'name' | 'kind' | 'place'>,
  operator: Operator,
  color: Style['color'],
): Promise<string> {
  const paint = await painter(color)
  return paint(`▸ ${sanitize(bannerOf(context, operator))}`, kindTones[context.kind])
}

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
