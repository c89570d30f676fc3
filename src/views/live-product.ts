import {fieldsSection, type Section, tableSection} from '../output/detail.ts'
import type {View} from '../output/view.ts'
import {priceInWords} from '../rules/money.ts'
import type {LivePrice, LiveProduct} from '../stripe/live-product.ts'

const livePriceView: View<LivePrice> = {
  noun: 'price',
  plural: 'prices',
  name: 'id',
  fields: {
    id: {kind: 'text', header: 'Price'},
    active: {kind: 'boolean', cell: (active) => (active ? 'yes' : {text: 'archived', tone: 'dim'})},
    amount: {kind: 'integer', nullable: true},
    currency: {kind: 'text'},
    interval: {kind: 'text', nullable: true},
    interval_count: {kind: 'integer', nullable: true},
    default: {kind: 'boolean'},
  },
  table: ['id', 'active', 'default'],
}

export const liveProductView: View<LiveProduct> = {
  noun: 'product',
  plural: 'products',
  name: 'name',
  fields: {
    name: {kind: 'text'},
    active: {
      kind: 'boolean',
      header: 'State',
      cell: (active) => (active ? {text: 'active', tone: 'good'} : {text: 'archived', tone: 'warn'}),
    },
    prices: {kind: 'json', nullable: true, rows: livePriceView},
  },
  table: ['name', 'active'],
}

/** What Stripe says of a plan's product. */
export function liveProductSections(product: LiveProduct): Section[] {
  return [
    {title: 'At Stripe', ...fieldsSection(product, liveProductView, ['name', 'active'])},
    ...(product.prices === null ? [] : [tableSection('Prices at Stripe', product.prices.map(worded), wordedView)]),
  ]
}

type WordedPrice = Pick<LivePrice, 'id' | 'active' | 'default'> & {price: string}

function worded(price: LivePrice): WordedPrice {
  const {id, active, default: isDefault} = price
  return {id, active, default: isDefault, price: priceInWords(price)}
}

const wordedView: View<WordedPrice> = {
  noun: 'price',
  plural: 'prices',
  name: 'id',
  fields: {
    price: {kind: 'text'},
    active: livePriceView.fields.active,
    default: livePriceView.fields.default,
    id: {kind: 'text', header: 'ID'},
  },
  table: ['price', 'active', 'default', 'id'],
}
