import type {DnsRecordType} from '../rules/dns-record.ts'
import {UsageError} from '../rules/errors.ts'

/** What `pm domain records set` was told of records. */
export interface ToldRecords {
  host: string | undefined
  selector: string | undefined
  priority: number | undefined
  ttl: number | undefined
  value: readonly string[]
}

const usualHosts: Readonly<Partial<Record<DnsRecordType, string>>> = {
  SPF: '@',
  DMARC: '_dmarc',
  MX: '@',
  A: '@',
  AAAA: '@',
}

/** Where records of a type stand, by what was told. @throws UsageError where that does not say */
export function hostOf(type: DnsRecordType, {host, selector}: Pick<ToldRecords, 'host' | 'selector'>): string {
  if (host !== undefined) return host
  if (type === 'DKIM' && selector !== undefined) return `${selector}._domainkey`
  const usual = usualHosts[type]
  if (usual !== undefined) return usual
  throw new UsageError(`At which host is the ${type}?`, {
    hint: type === 'DKIM' ? 'Give --selector SELECTOR.' : 'Give it behind the type: track',
  })
}

/** The values of records; an MX may have its priority in front, as in `10 mail.acme.example`. @throws UsageError */
export function valuesOf(type: DnsRecordType, {value, priority}: Pick<ToldRecords, 'value' | 'priority'>) {
  if (value.length === 0) throw new UsageError('Which value shall it have?', {hint: 'Give it by --value.'})
  if (type !== 'MX') {
    if (priority !== undefined) throw new UsageError(`Only an MX has a priority; this is ${type}.`)
    return value.map((text) => ({value: text}))
  }
  return value.map((text) => {
    const [, own, host] = /^(\d{1,5})\s+(\S+)$/.exec(text) ?? []
    if (own !== undefined && host !== undefined) return {value: host, priority: Number(own)}
    return priority === undefined ? {value: text} : {value: text, priority}
  })
}

/** Fields that all the records have. */
export function fieldsOf({ttl, selector}: Pick<ToldRecords, 'ttl' | 'selector'>) {
  return {...(ttl === undefined ? {} : {ttl}), ...(selector === undefined ? {} : {selector})}
}
