import {UpstreamFailed} from '../rules/errors.ts'

/** Stripe said no to one request, as to a key that lacks a permission. What else was asked for still stands. */
export class StripeRefused extends UpstreamFailed {}
