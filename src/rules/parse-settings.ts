import {UsageError} from './errors.ts'
import {readSetting, type SettingValue} from './setting-values.ts'
import type {Settings} from './tenant-settings.ts'

/**
 * Settings as they are typed, `name=value`; nothing behind the = is the default.
 * @throws UsageError for a setting that is not there, is given twice, or cannot be so.
 */
export function parseSettings(words: readonly string[], settings: Settings): Record<string, SettingValue | null> {
  const values = new Map<string, SettingValue | null>()
  for (const word of words) {
    const [name, text] = parted(word)
    const setting = Object.hasOwn(settings, name) ? settings[name] : undefined
    if (!setting) throw unknown(name, settings)
    if (values.has(name)) throw new UsageError(`${name} is given twice.`)
    values.set(name, text === '' ? setting.default : readSetting(name, setting.kind, text))
  }
  if (values.size > 0) return Object.fromEntries(values)
  throw new UsageError('Which setting?', {hint: `Give it as NAME=VALUE. ${known(settings)}`})
}

function parted(word: string): [name: string, text: string] {
  const at = word.indexOf('=')
  if (at > 0) return [word.slice(0, at), word.slice(at + 1)]
  throw new UsageError(`“${word}” sets nothing.`, {hint: 'Give NAME=VALUE, or NAME= for the default.'})
}

function unknown(name: string, settings: Settings): UsageError {
  return new UsageError(`There is no setting “${name}”.`, {
    hint: known(settings),
    sought: {name, among: Object.keys(settings)},
  })
}

function known(settings: Settings): string {
  return `There are ${Object.keys(settings).join(', ')}.`
}
