import type {Field} from '../output/view.ts'

/** A row with the page of it in Stripe's dashboard; null where Stripe does not know it, or its id is none of Stripe's. */
export interface Linked {
  stripe_url: string | null
}

/** A link into Stripe's dashboard: people read the id and follow the link. */
export const stripeLink: Field<string | null> = {
  kind: 'text',
  header: 'Stripe',
  nullable: true,
  cell: (url) => ({text: url.slice(url.lastIndexOf('/') + 1), href: url}),
}
