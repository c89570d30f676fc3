/** Makes what tells of commands tell of them in the place that is shown. */
export type Here = (text: string) => string
