import {
  type GivenSchedule,
  type GivenSubscription,
  type StoredSchedule,
  type StoredSubscription,
  schedule,
  subscription,
} from './billing.ts'
import {type GivenPrice, type GivenProduct, price, product, type StoredPrice, type StoredProduct} from './catalog.ts'
import {customer, type GivenCustomer, type GivenPaymentMethod, paymentMethod} from './customers.ts'
import {charge, type GivenCharge, type GivenIntent, type GivenRefund, paymentIntent, refund} from './payments.ts'
import {noSuch} from './refusal.ts'

/** What an account has. Of each object only what matters is given; lists are in Stripe's order, the newest first. */
export interface GivenAccount {
  products?: GivenProduct[]
  prices?: GivenPrice[]
  customers?: GivenCustomer[]
  payment_methods?: GivenPaymentMethod[]
  subscriptions?: GivenSubscription[]
  subscription_schedules?: GivenSchedule[]
  payment_intents?: GivenIntent[]
  charges?: GivenCharge[]
  refunds?: GivenRefund[]
}

export type Collection = keyof GivenAccount

/** Each collection's word in messages, and in the names of a restricted key's permissions. */
export const collections: Readonly<Record<Collection, {noun: string; permission: string}>> = {
  products: {noun: 'product', permission: 'rak_product'},
  prices: {noun: 'price', permission: 'rak_plan'},
  customers: {noun: 'customer', permission: 'rak_customer'},
  payment_methods: {noun: 'PaymentMethod', permission: 'rak_payment_method'},
  subscriptions: {noun: 'subscription', permission: 'rak_subscription'},
  subscription_schedules: {noun: 'subscription schedule', permission: 'rak_subscription'},
  payment_intents: {noun: 'payment_intent', permission: 'rak_payment_intent'},
  charges: {noun: 'charge', permission: 'rak_charge'},
  refunds: {noun: 'refund', permission: 'rak_charge'},
}

interface Objects {
  products: StoredProduct
  prices: StoredPrice
  customers: ReturnType<typeof customer>
  payment_methods: ReturnType<typeof paymentMethod>
  subscriptions: StoredSubscription
  subscription_schedules: StoredSchedule
  payment_intents: ReturnType<typeof paymentIntent>
  charges: ReturnType<typeof charge>
  refunds: ReturnType<typeof refund>
}

/** An account's objects, in full. */
export class Account {
  readonly livemode: boolean
  readonly #objects: {[C in Collection]: Map<string, Objects[C]>} = {
    products: new Map(),
    prices: new Map(),
    customers: new Map(),
    payment_methods: new Map(),
    subscriptions: new Map(),
    subscription_schedules: new Map(),
    payment_intents: new Map(),
    charges: new Map(),
    refunds: new Map(),
  }

  constructor(livemode: boolean) {
    this.livemode = livemode
  }

  /** Adds objects, or puts others in the place of those with the same ids. A subscription brings its customer along. */
  put(given: GivenAccount): void {
    this.#fill('products', product, given.products)
    this.#fill('prices', price, given.prices)
    this.#fill('customers', customer, given.customers)
    this.#fill('payment_methods', paymentMethod, given.payment_methods)
    this.#fill('subscriptions', subscription, given.subscriptions)
    const customers = this.all('subscriptions').map(({customer: id}) => ({id}))
    this.#fill(
      'customers',
      customer,
      customers.filter(({id}) => !this.#objects.customers.has(id)),
    )
    this.#fill('subscription_schedules', schedule, given.subscription_schedules)
    this.#fill('payment_intents', paymentIntent, given.payment_intents)
    this.#fill('charges', charge, given.charges)
    this.#fill('refunds', refund, given.refunds)
  }

  all<C extends Collection>(collection: C): Objects[C][] {
    return [...this.#objects[collection].values()]
  }

  /** @throws Refusal */
  get<C extends Collection>(collection: C, id: string, param?: string): Objects[C] {
    const found = this.#objects[collection].get(id)
    if (!found) throw noSuch(collections[collection].noun, id, param)
    return found
  }

  /** The collection that has an object of this id. */
  whereIs(id: string): Collection | undefined {
    return Object.keys(collections)
      .filter(isCollection)
      .find((name) => this.#objects[name].has(id))
  }

  #fill<C extends Collection, G>(
    collection: C,
    make: (one: G, livemode: boolean) => Objects[C],
    given: readonly G[] = [],
  ): void {
    for (const one of given) {
      const object = make(one, this.livemode)
      this.#objects[collection].set(object.id, object)
    }
  }
}

export function isCollection(name: string): name is Collection {
  return Object.hasOwn(collections, name)
}
