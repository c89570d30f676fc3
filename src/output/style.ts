import type {Clock} from './view.ts'

/** What the caller knows about the place the text goes to, and what the operator asked for. */
export interface Style {
  color: boolean
  /** Columns of the terminal; Infinity where nothing limits a line. */
  width: number
  header: boolean
  links: boolean
  clock: Clock
  /** Chosen by `--fields` and validated with chooseFields; every format then shows exactly these. */
  fields?: readonly string[]
  /** Draw bars with `#` and `.` for terminals without Unicode. */
  ascii?: boolean
  /** Say in words what would be drawn, as screen readers need it. */
  plain?: boolean
  /** Rows of tables carry all that they say, for whoever compares what is shown with what was. */
  inFull?: boolean
  /** Told which columns a table had no room for, so that the caller can say so on stderr. */
  onHidden?: (columns: readonly string[]) => void
}
