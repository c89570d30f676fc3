/** A name as it is compared: lower case, without the last dot. */
export function plainName(name: string): string {
  return name.trim().toLowerCase().replace(/\.$/, '')
}
