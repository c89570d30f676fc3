/** The first of many names, and how many more there are: `a, b, c, d, e and 7 more`. */
export function firstFew(names: readonly string[], separator = ', '): string {
  const shown = names.slice(0, 5).join(separator)
  return names.length > 5 ? `${shown} and ${(names.length - 5).toLocaleString('en')} more` : shown
}
