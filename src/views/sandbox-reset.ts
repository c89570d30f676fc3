import {fieldsSection, type Section} from '../output/detail.ts'
import type {View} from '../output/view.ts'

/** What became of the sandbox. */
export interface SandboxReset {
  folder: string
  /** False where there was none. */
  removed: boolean
}

export const sandboxResetView: View<SandboxReset> = {
  noun: 'sandbox',
  plural: 'sandboxes',
  name: 'folder',
  fields: {folder: {kind: 'text'}, removed: {kind: 'boolean'}},
  table: ['folder', 'removed'],
}

/** What `pm sandbox reset` shows a person. */
export function sandboxResetSections(reset: SandboxReset): Section[] {
  return [fieldsSection(reset, sandboxResetView)]
}
