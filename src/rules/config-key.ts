import {UsageError} from './errors.ts'

/**
 * A key of system_config (guide: at most 255 characters).
 * @throws UsageError
 */
export function parseConfigKey(text: string): string {
  if (/^[A-Za-z][A-Za-z0-9_.:-]{0,254}$/.test(text)) return text
  throw new UsageError(`“${text}” cannot be a configuration key.`, {
    hint: 'Letters, digits, and _ . : - behind a first letter; at most 255 characters.',
  })
}

/** A key that pm itself reads, with what it can be and what is true where it is not set. */
export interface OwnKey {
  description: string
  category: string
  default: boolean
}

/** Stops all bulk jobs after the transactions under way. */
export const haltKey = 'pm.jobs_halted'

export const ownKeys: Readonly<Record<string, OwnKey>> = {
  [haltKey]: {description: 'Whether all bulk jobs stop and stay stopped.', category: 'pm', default: false},
}

/** @throws UsageError for what a key of pm's own cannot be: it would be read as something else than it says */
export function assertConfigValue(key: string, value: unknown): void {
  if (!Object.hasOwn(ownKeys, key) || typeof value === 'boolean') return
  throw new UsageError(`${key} cannot be ${JSON.stringify(value).slice(0, 500)}.`, {
    hint: `It takes true or false, without quotes: pm config set ${key} true`,
  })
}
