/** One of the things a prompt lets the operator choose from. */
export interface Choice {
  value: string
  name?: string
  description?: string
}
