import type {SpfTree, SpfTreeTerm} from './tree.ts'

/** A record of the tree, and the term that leads to it. */
export interface TreeNode {
  tree: SpfTree
  /** Null at the top. */
  via: {term: SpfTreeTerm; domain: string} | null
}

/** Every record of the tree, each before what is below it. */
export function treeNodes(tree: SpfTree, via: TreeNode['via'] = null): TreeNode[] {
  const below = tree.terms.flatMap((term) =>
    term.below === null ? [] : treeNodes(term.below, {term, domain: tree.domain}),
  )
  return [{tree, via}, ...below]
}

/** The record that decides on senders that nothing matches; null where it cannot be read. */
export function lastRecord(tree: SpfTree): SpfTree | null {
  if (tree.status !== 'ok') return null
  const redirect = tree.terms.find(({name, ignored}) => name === 'redirect' && !ignored)
  if (!redirect) return tree
  return redirect.below && lastRecord(redirect.below)
}

/** The terms of the top record that can go without refusing anybody, and why. */
export function removableTerms(tree: SpfTree): {term: SpfTreeTerm; why: string}[] {
  return tree.terms.flatMap((term) => {
    const why = term.ignored ? null : whyRemovable(term, tree)
    return why === null ? [] : [{term, why}]
  })
}

/** Terms that break the whole record, and authorise nobody. */
export function brokenTerms(tree: SpfTree): {term: SpfTreeTerm; why: string}[] {
  return tree.terms.flatMap((term) => {
    if (term.below?.status === 'missing') return [{term, why: `${term.below.domain} has no SPF record.`}]
    return term.below?.status === 'loop' ? [{term, why: 'It leads back to this record.'}] : []
  })
}

function whyRemovable(term: SpfTreeTerm, tree: SpfTree): string | null {
  if (term.duplicate) return 'It stands there already.'
  const {voids, mx_hosts: mx, name} = term
  const nothing = name === 'mx' ? mx === 0 : (name === 'a' || name === 'exists') && voids.ipv4 > 0 && voids.ipv6 > 0
  if (nothing) return 'It finds no address.'
  if (term.name !== 'include' || term.below === null) return null
  const other = alsoReachedBy(tree, term)
  return other === null ? null : `It is reached through ${other.text}.`
}

/**
 * Another include of the record through which the same record is reached, and which lets all its senders pass: nothing
 * that stands before the way there refuses any.
 */
export function alsoReachedBy({terms}: SpfTree, term: SpfTreeTerm): SpfTreeTerm | null {
  const {below, qualifier} = term
  if (below === null || below.status === 'dynamic' || qualifier !== '+') return null
  const at = terms.indexOf(term)
  // What stands before both refuses whom it refuses, with the term or without.
  const candidates = [...terms.slice(0, at), ...untilRefusal(terms.slice(at + 1))].filter(passes)
  return candidates.find((other) => other.below !== below && reached(other).has(below.domain)) ?? null
}

/** The domains whose pass is a pass of this include. */
function reached({below}: SpfTreeTerm): Set<string> {
  const inner = below?.status === 'ok' ? untilRefusal(below.terms).filter(passes) : []
  return new Set(inner.flatMap((term) => [term.below?.domain ?? '', ...reached(term)]))
}

/** The terms before the first mechanism that does not let its senders pass. */
function untilRefusal(terms: readonly SpfTreeTerm[]): readonly SpfTreeTerm[] {
  const end = terms.findIndex(({qualifier}) => qualifier !== null && qualifier !== '+')
  return end === -1 ? terms : terms.slice(0, end)
}

function passes({name, qualifier, ignored}: SpfTreeTerm): boolean {
  return name === 'include' && qualifier === '+' && !ignored
}
