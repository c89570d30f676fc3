import {someOf} from '../rules/about-names.ts'
import {Conflict, type ListOfNames, NotFound, type PmError} from '../rules/errors.ts'

/**
 * What becomes of each of several things that are changed together.
 * @throws what `work` throws for one alone; for several a Conflict that says of each that cannot be done why not
 */
export async function eachPossible<Item, Result>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  work: (item: Item) => Result | Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const refused: Refused[] = []
  for (const item of items) {
    try {
      results.push(await work(item))
    } catch (error) {
      if (!(error instanceof NotFound || error instanceof Conflict) || items.length === 1) throw error
      refused.push({name: nameOf(item), error})
    }
  }
  if (refused.length > 0) throw severally(refused)
  return results
}

/** Something that cannot be done, and for whom. */
interface Refused {
  name: string
  error: PmError
}

function severally(refused: readonly Refused[], list?: ListOfNames): Conflict {
  const told = refused.map(({name, error}) => {
    const where = list?.whereOf(name)
    return {message: where === undefined ? error.message : `${where}: ${error.message}`, reason: error.reason}
  })
  const unknown = refused.flatMap(({name, error}) => (error instanceof NotFound ? name : []))
  return new Conflict(`${someOf(told.map(({message}) => message))} Nothing was changed.`, {
    hint: 'Leave them out, or mend that first.',
    details: told,
    placed: (known) => known.misread(unknown) ?? severally(refused, known),
  })
}
