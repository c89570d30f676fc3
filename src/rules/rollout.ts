import {createHash} from 'node:crypto'

/** What decides whether a tenant gets a feature. */
export interface Rollout {
  key: string
  enabled: boolean
  /** 0 to 100. */
  percentage: number
}

/**
 * The bucket, 0 to 99, that a tenant falls into for a flag: the first 32 bits of SHA-256 over `KEY:TENANT_ID` in UTF-8,
 * as an unsigned big-endian integer, modulo 100; the tenant id in lower case. It never changes, and differs from flag to
 * flag, so that raising a percentage only ever adds tenants and not always the same ones come first.
 */
export function rolloutBucket(key: string, tenantId: string): number {
  const digest = createHash('sha256').update(`${key}:${tenantId.toLowerCase()}`, 'utf8').digest()
  return digest.readUInt32BE(0) % 100
}

/** What the web application, which must compute the same, is tested by. */
export const rolloutVectors = [
  {key: 'new_editor', tenantId: '00000000-0000-0000-0000-000000000001', bucket: 32},
  {key: 'new_editor', tenantId: '00000000-0000-0000-0000-000000000002', bucket: 30},
  {key: 'warmup_v2', tenantId: '00000000-0000-0000-0000-000000000001', bucket: 44},
] as const

/** Whether a tenant gets a feature, and why, in words. */
export function decideRollout(
  {key, enabled, percentage}: Rollout,
  tenantId: string,
): {gets: boolean; bucket: number; why: string} {
  const bucket = rolloutBucket(key, tenantId)
  if (!enabled) return {gets: false, bucket, why: 'the flag is disabled'}
  const gets = bucket < percentage
  return {gets, bucket, why: `bucket ${bucket} is ${gets ? 'below' : 'not below'} ${percentage} %`}
}
