import type {View} from '../output/view.ts'
import type {PaymentMethod} from '../stripe/payment-method.ts'

/** How somebody pays, as data. */
export const paymentMethodView: View<PaymentMethod> = {
  noun: 'payment method',
  plural: 'payment methods',
  name: 'type',
  fields: {
    type: {kind: 'text'},
    brand: {kind: 'text', nullable: true},
    last4: {kind: 'text', nullable: true},
    exp_month: {kind: 'integer', nullable: true},
    exp_year: {kind: 'integer', nullable: true},
  },
  table: ['type', 'brand', 'last4'],
}

/** How somebody pays, in a line: `visa •••• 4242, until 08/2027`. */
export function describeMethod({type, brand, last4, exp_month, exp_year}: PaymentMethod): string {
  if (last4 === null) return type.replaceAll('_', ' ')
  const until = exp_month === null ? '' : `, until ${String(exp_month).padStart(2, '0')}/${exp_year}`
  return `${brand ?? type} •••• ${last4}${until}`
}
