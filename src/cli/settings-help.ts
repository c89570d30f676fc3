import type {Settings} from '../rules/tenant-settings.ts'

/** Every setting with what it is for and what it takes, a line each, as the help of an argument lists them. */
export function settingsHelp(settings: Settings): string {
  const lines = Object.entries(settings).map(([name, {about, kind}]) => `${name}: ${about}; ${kind.takes}.`)
  return ['One or more of these:', ...lines].join('\n')
}
