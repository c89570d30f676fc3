import type {View} from './view.ts'

/** Someone named a field that the rows do not have. */
export class UnknownField extends Error {
  readonly field: string
  readonly valid: readonly string[]

  constructor(field: string, valid: readonly string[]) {
    super(`Unknown field '${field}'`)
    this.name = 'UnknownField'
    this.field = field
    this.valid = valid
  }
}

/**
 * The fields that `--fields` asks for: `a,b` is exactly those, `all` is every field, and a list that begins with
 * `+x` or `-x` changes what the table shows.
 */
export function chooseFields<Row extends object>(view: View<Row>, spec: string): readonly (keyof Row & string)[] {
  const items = spec
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
  const start = /^[+-]/.test(items[0] ?? '') ? view.table : []
  const chosen = items.reduce((names, item) => applyItem(names, item, view), start)
  if (chosen.length === 0) throw new UnknownField(spec, fieldNames(view))
  return chosen
}

/** Every field of a view, in its order. */
export function fieldNames<Row extends object>(view: View<Row>): (keyof Row & string)[] {
  return knownFields(view, Object.keys(view.fields))
}

/** Those of the names that are fields of the view. */
export function knownFields<Row extends object>(view: View<Row>, names: readonly string[]): (keyof Row & string)[] {
  return names.filter((name): name is keyof Row & string => Object.hasOwn(view.fields, name))
}

function applyItem<Row extends object>(
  names: readonly (keyof Row & string)[],
  item: string,
  view: View<Row>,
): readonly (keyof Row & string)[] {
  const field = item.replace(/^[+-]/, '')
  const meant = field === 'all' ? fieldNames(view) : knownFields(view, [field])
  if (meant.length === 0) throw new UnknownField(field, fieldNames(view))
  const others = names.filter((name) => !meant.includes(name))
  if (item.startsWith('-')) return others
  return [...names, ...meant.filter((name) => !names.includes(name))]
}
