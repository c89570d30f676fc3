import {plainName} from '../domain-name.ts'

export interface MxRecord {
  preference: number
  /** In lower case, without the last dot; empty for a null MX (RFC 7505). */
  host: string
}

/** An MX record as it is stored. */
export interface ExpectedMx extends MxRecord {
  /** The addresses the host is to have; any, where they are left out. */
  addresses?: readonly string[]
}

/** A record in the spelling that is compared: `mail.acme.example`, whatever its case or last dot. */
export function mxRecord({preference, host}: MxRecord): MxRecord {
  return {preference, host: plainName(host)}
}

export function isNullMx({host}: MxRecord): boolean {
  return host === ''
}

/** Whether the domain is to say that it takes no mail. */
export function isNullExpected(expected: readonly MxRecord[] | null): boolean {
  return expected?.map(mxRecord).some(isNullMx) ?? false
}

/** `10 mail.acme.example`, as it is read. */
export function mxText({preference, host}: MxRecord): string {
  return `${preference} ${host || '.'}`
}

/** `10 mail.acme.example.`, as it is published. */
export function mxValue({preference, host}: MxRecord): string {
  return `${preference} ${host}.`
}
