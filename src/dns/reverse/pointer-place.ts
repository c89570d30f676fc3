import type {Fix} from '../finding.ts'
import {fixOf} from '../fix.ts'

/** Where the name of an address is set. */
export interface PointerPlace {
  /** The reverse name. */
  pointer: string
  /**
   * Where it leads as an alias: of a network smaller than a /24 providers do so, into a zone of the customer (RFC 2317 §4).
   * Undefined where it is none.
   */
  end: string | undefined
}

export function placeText({pointer, end}: PointerPlace): string {
  return end === undefined ? 'whoever provides the address' : `${end}, which ${pointer} is an alias of`
}

/**
 * In the zone around the end of the alias. Without one in that of the /24 or /64 around the address, which is what providers
 * let their customers edit.
 */
export function pointerFix({pointer, end}: PointerPlace, helo: string): Fix {
  const name = end ?? pointer
  const own = end === undefined && pointer.endsWith('.ip6.arpa') ? 16 : 1
  const zone = name.split('.').slice(own).join('.')
  return fixOf({name, zone, type: 'PTR', value: `${helo}.`, ttl: 3600})
}
