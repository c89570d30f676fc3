import {readFileSync} from 'node:fs'
import type {Noun} from '../../rules/nouns.ts'
import type {Described, DescribedFlags} from '../command-line/described.ts'

/** Something that fits where the cursor is. */
export interface Candidate {
  value: string
  about?: string | undefined
}

/** Names that are known of what begins as typed; not all of them, where there are too many. */
export interface Names {
  candidates: readonly Candidate[]
  isWhole: boolean
}

/** Tells the names of things that begin as typed. */
export type LiveNames = (noun: Noun, typed: string, context: string | undefined) => Names | Promise<Names>

/** The commands and topics there are. */
export interface CommandTable {
  commands: ReadonlyMap<string, Described>
  /** Topics and their descriptions, by id: `domain:dkim`. */
  topics: ReadonlyMap<string, string>
  globalFlags: DescribedFlags
  /** Of pm. */
  version: string
}

/** Reads the table from the files that describe the commands; no command is loaded. */
export function readCommandTable(root: URL): CommandTable {
  const {commands, version}: {commands: Record<string, Described>; version: string} = parsed(
    new URL('oclif.manifest.json', root),
  )
  const {oclif}: {oclif: {topics: Record<string, {description: string}>}} = parsed(new URL('package.json', root))
  const shown = Object.entries(commands).filter(([, {hidden}]) => !hidden)
  const flags = Object.entries(shown[0]?.[1].flags ?? {})
  return {
    commands: new Map(shown),
    topics: new Map(Object.entries(oclif.topics).map(([id, {description}]) => [id, description])),
    globalFlags: Object.fromEntries(flags.filter(([, {helpGroup}]) => helpGroup === 'GLOBAL')),
    version,
  }
}

function parsed<T>(file: URL): T {
  return JSON.parse(readFileSync(file, 'utf8'))
}
