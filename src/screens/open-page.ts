import type {Stage} from '../cli/screen/stage.ts'
import {openListing} from './listing.ts'
import {openThing} from './thing.ts'
import type {Things} from './things.ts'

/** Opens the page of what a command shows: of a list to choose from, or of one thing with what can be done with it. */
export function openPage(stage: Stage, words: readonly string[], things: Things): void {
  if (words[1] === 'list') openListing(stage, words, things)
  else openThing(stage, words, things)
}
