/**
 * The organisational domain by the public suffix list, as RFC 7489 §3.2 has it; null for a public suffix, and for what
 * is no name. The list is loaded with the first call.
 */
export async function suffixOrganisation(domain: string): Promise<string | null> {
  if (domain.startsWith('.')) return null
  list ??= import('tldts')
  const {getDomain} = await list
  return getDomain(domain, {allowPrivateDomains: true})
}

let list: Promise<typeof import('tldts')> | undefined
