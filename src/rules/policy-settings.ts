/**
 * Policies that read a setting the wrong way. `current_setting('x')` raises where the setting was never made, and a cast
 * of it raises where it is empty, which is what SET LOCAL leaves behind (data-safety §2.1). Expressions are taken as
 * PostgreSQL prints them (`pg_get_expr`).
 */
const call = /current_setting\('((?:[^']|'')*)'::text(?:, (true|false))?\)/g

interface Read {
  setting: string
  index: number
  text: string
}

/** The settings without which this expression raises. */
export function raisingSettings(expression: string): string[] {
  return [...new Set(raisingReads(expression).map(({setting}) => setting))]
}

/**
 * The expression with every such read replaced by one that yields null, once a query, where the setting is unset or
 * empty. Undefined where nothing raises, and where the expression makes something of null itself: what it would then
 * let through is for a person to judge.
 */
export function mendedExpression(expression: string): string | undefined {
  const reads = raisingReads(expression)
  if (reads.length === 0 || makesSomethingOfNull.test(expression)) return undefined
  return reads.reduceRight(
    (text, {index, text: {length}, setting}) => text.slice(0, index) + safeRead(setting) + text.slice(index + length),
    expression,
  )
}

// A plain column may be compared with null; what is in parentheses may hold the setting.
const makesSomethingOfNull = /\b(?:COALESCE|CASE)\b|\bDISTINCT FROM\b|\) IS (?:NOT )?(?:NULL|TRUE|FALSE|UNKNOWN)\b/

// The setting is still in its SQL spelling, with quotes doubled.
function safeRead(setting: string): string {
  return `(select nullif(current_setting('${setting}', true), ''))`
}

function raisingReads(expression: string): Read[] {
  return [...expression.matchAll(call)].flatMap((match) => {
    const [text, setting = '', missingOk] = match
    const before = expression.slice(0, match.index)
    const after = expression.slice(match.index + text.length)
    return missingOk === 'true' && !castsEmpty(before, after) ? [] : [{setting, index: match.index, text}]
  })
}

function castsEmpty(before: string, after: string): boolean {
  if (before.endsWith('NULLIF(') && after.startsWith(", ''::text)")) return false
  const [, type] = after.match(/^(?: AS "?\w+"?)?\)+::("?\w+)/) ?? []
  return type !== undefined && type !== 'text' && type !== 'character'
}
