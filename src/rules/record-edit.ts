/** What becomes of one record of a domain's document. */
export interface RecordEdit {
  change: 'add' | 'remove' | 'deployed'
  type: string
  host: string
  value: string
  ttl: number | null
}
