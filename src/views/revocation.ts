import type {View} from '../output/view.ts'
import {type RevocationStep, revocationSteps} from '../rules/revocation.ts'

export const revocationView: View<RevocationStep> = {
  noun: 'step',
  plural: 'steps',
  name: 'target',
  fields: {step: {kind: 'text', values: revocationSteps}, target: {kind: 'text'}, what: {kind: 'text'}},
  table: ['step', 'what'],
}
