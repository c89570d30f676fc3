/** Parameters as Stripe's SDKs send them, `a[b][0]=c`, as nested objects; every leaf is text. */
export type Params = {[name: string]: Param}
export type Param = string | Params | Param[]

export function parseParams(encoded: string): Params {
  const root: Params = {}
  for (const [key, value] of new URLSearchParams(encoded)) put(root, key.replaceAll(']', '').split('['), value)
  return listed(root)
}

/** A parameter that is one text. */
export function text(params: Params, name: string): string | undefined {
  const value = params[name]
  return typeof value === 'string' ? value : undefined
}

/** A parameter that has parts. */
export function parts(params: Params, name: string): Params | undefined {
  const value = params[name]
  return typeof value === 'object' && !Array.isArray(value) ? value : undefined
}

/** A parameter that is a list. */
export function list(params: Params, name: string): Param[] {
  const value = params[name]
  return Array.isArray(value) ? value : []
}

function put(at: Params, [given = '', ...rest]: string[], value: string): void {
  // `a[]=b` is the next of a list.
  const name = given === '' ? String(Object.keys(at).length) : given
  if (rest.length === 0) {
    at[name] = value
    return
  }
  const inner = parts(at, name) ?? {}
  at[name] = inner
  put(inner, rest, value)
}

// Names that count from 0 make a list.
function listed(params: Params): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, listedParam(value)]))
}

function listedParam(value: Param): Param {
  if (typeof value === 'string' || Array.isArray(value)) return value
  const inner = listed(value)
  const names = Object.keys(inner)
  return names.length > 0 && names.every((name, index) => name === String(index)) ? Object.values(inner) : inner
}
