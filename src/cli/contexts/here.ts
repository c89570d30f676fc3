import {sanitize} from '../../output/sanitize.ts'
import {PmError} from '../../rules/errors.ts'
import {type Choice, choose, missingContext, type Sources, storeOf} from './resolve.ts'

/** What is in force in this shell and folder, or why that cannot be told. */
export interface Here {
  choice?: Choice
  problem?: PmError
}

/** Like `choose`, for commands that must work although the choice does not. */
export function chosenHere(sources: Sources): Here {
  try {
    return {choice: choose(sources)}
  } catch (problem) {
    if (problem instanceof PmError) return {problem}
    throw problem
  }
}

/** What a list of the contexts does not say: that none of them is in force, or why that cannot be told. */
export function noticeOfHere({choice, problem}: Here, sources: Sources): string | undefined {
  if (!choice) return noticeOf(problem)
  if (!('name' in choice)) return `${choice.by} comes first here. Where that leads: pm context show`
  const known = choice.name === 'sandbox' || storeOf(sources).names().includes(choice.name)
  return known ? undefined : noticeOf(missingContext(choice.name, choice.by))
}

/** That something else than the saved choice is in force here, so that `pm context use` seems to do nothing. */
export function noticeOfOverride({choice, problem}: Here): string | undefined {
  if (!choice) return noticeOf(problem)
  return choice.by === 'pm context use' ? undefined : `! But ${choice.by} comes first here: see pm context show.`
}

function noticeOf(problem: PmError | undefined): string {
  return `! ${sanitize(problem?.message ?? '')}`
}
