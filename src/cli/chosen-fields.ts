import {chooseFields, UnknownField} from '../output/fields.ts'
import type {View} from '../output/view.ts'
import {UsageError} from '../rules/errors.ts'

/** The fields that `--fields` asks for. @throws UsageError naming the fields there are. */
export function chosenFields<Row extends object>(view: View<Row>, spec: string): readonly string[] {
  try {
    return chooseFields(view, spec)
  } catch (error) {
    if (!(error instanceof UnknownField)) throw error
    throw new UsageError(`${capitalized(view.plural)} have no field “${error.field}”.`, {
      hint: `There are ${error.valid.join(', ')}.`,
      sought: {name: error.field, among: error.valid},
    })
  }
}

function capitalized(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}
