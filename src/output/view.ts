/** How a cell is meant, apart from its words. A tone only repeats what the text already says. */
export type Tone = 'good' | 'warn' | 'bad' | 'info' | 'dim' | 'strong'

/** What a person sees of one value; an `href` becomes a terminal hyperlink where those are wanted. */
export interface Cell {
  text: string
  tone?: Tone
  href?: string
  /** Where a line of its own is too short for it, it is broken between words; what is to be copied is not. */
  breaks?: true
}

/** The nature of a field's values: it decides alignment, machine rendering and the JSON schema type. */
export type Kind = 'text' | 'integer' | 'decimal' | 'boolean' | 'timestamp' | 'json' | 'list'

/** How moments are shown to people. Machine formats never ask: they show times as they come. */
export interface Clock {
  now: Date
  zone: 'relative' | 'iso' | 'local' | 'unix'
}

/** One field of a row: its kind, and whatever of its looks differs from what the kind implies. */
export interface Field<Value> {
  kind: Kind
  /** The field in words, as a label shows it (`IP`, `Last seen`); tables capitalize it. The name's words if left out. */
  header?: string
  nullable?: boolean
  cell?: (value: NonNullable<Value>, clock: Clock) => Cell | string
  /** What a person reads where there is no value, if that means something: “no limit”. A dash if left out. */
  none?: string
  /** The columns of a terminal below which a shortened text is worth nothing; 12 if left out. */
  least?: number
  values?: readonly string[]
  /** For kind json: what its value is, a list of rows (each of one kind of several) or one record, so that its schema can be told. */
  rows?: AnyView | readonly AnyView[]
  record?: AnyView
}

/** A view of rows of some type; for what looks at views and not at rows. */
export interface AnyView {
  noun: string
  plural: string
  name: string
  fields: Readonly<Record<string, Field<never>>>
}

/** How rows of one noun look in every format. */
export interface View<Row extends object> {
  noun: string
  plural: string
  /** The field that `-o name` prints. */
  name: keyof Row & string
  /** Every field, in the order of CSV and TSV columns. */
  fields: {readonly [K in keyof Row & string]-?: Field<Row[K]>}
  /** What a table shows. */
  table: readonly (keyof Row & string)[]
  /** What `-o wide` adds behind it; all the rest when left out. */
  wide?: readonly (keyof Row & string)[]
}
