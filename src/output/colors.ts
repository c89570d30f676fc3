import type {Tone} from './view.ts'

/** Colours a text by its tone; without a tone, or without colour, the text stays as it is. */
export type Paint = (text: string, tone?: Tone) => string

/** What decides on colour for one stream. */
interface ColorChoice {
  flag: 'always' | 'never' | 'auto'
  env: Readonly<Record<string, string | undefined>>
  isTTY: boolean
}

/** The one colour policy: flag, then NO_COLOR, then what forces colour, then CLICOLOR and TERM, then the terminal. */
export function colorEnabled({flag, env, isTTY}: ColorChoice): boolean {
  if (flag !== 'auto') return flag === 'always'
  if (env['NO_COLOR']) return false
  return forced(env) ?? (isTTY && env['CLICOLOR'] !== '0' && env['TERM'] !== 'dumb')
}

/** A painter that colours or, without colour, leaves all text alone and does not even load chalk. */
export async function painter(color: boolean): Promise<Paint> {
  if (!color) return (text) => text
  const {Chalk} = await import('chalk')
  // A level of our own: chalk's detection ignores NO_COLOR and CLICOLOR. Sixteen colours suit every terminal theme.
  const chalk = new Chalk({level: 1})
  const tones = {
    good: chalk.green,
    warn: chalk.yellow,
    bad: chalk.red,
    info: chalk.cyan,
    dim: chalk.dim,
    strong: chalk.bold,
  }
  return (text, tone) => (tone ? tones[tone](text) : text)
}

function forced(env: ColorChoice['env']): boolean | undefined {
  const {FORCE_COLOR: force, CLICOLOR_FORCE: clicolorForce} = env
  // Zero is Node's own way to say "no colour", so it does not merely count as unset.
  if (force) return force !== '0' && force !== 'false'
  return clicolorForce && clicolorForce !== '0' ? true : undefined
}
