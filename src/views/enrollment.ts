import type {View} from '../output/view.ts'
import {type EnrollmentStep, enrollmentSteps} from '../rules/enrollment.ts'

export const enrollmentView: View<EnrollmentStep> = {
  noun: 'step',
  plural: 'steps',
  name: 'login',
  fields: {step: {kind: 'text', values: enrollmentSteps}, login: {kind: 'text'}, what: {kind: 'text'}},
  table: ['step', 'what'],
}
