import {stripeAccess} from '../../cli/contexts/stripe-access.ts'
import {DriftCommand, driftFlags} from '../../cli/drift-command.ts'
import {databaseNow} from '../../queries/clock.ts'
import {findStripeAccount} from '../../queries/config/stripe-account.ts'
import {planNames} from '../../queries/plan/names.ts'
import {selectLinkedBefore, subscriptionsOfStripe, tenantsOfCustomers} from '../../queries/subscription/linked.ts'
import {SeenIds} from '../../rules/seen-ids.ts'
import {
  compareSubscription,
  hasBegun,
  type PlanNames,
  type SubscriptionFinding,
  unknownAtStripe,
  unknownHere,
} from '../../rules/subscription-drift.ts'
import type {StripeGateway} from '../../stripe/gateway.ts'
import {linkOrNull} from '../../stripe/link-or-null.ts'
import type {Dashboard} from '../../stripe/links.ts'
import {listSubscriptions} from '../../stripe/list-subscriptions.ts'
import {requireGateway} from '../../stripe/open-gateway.ts'
import {inPages} from '../../stripe/stream.ts'
import type {Subscription} from '../../stripe/subscription.ts'
import {subscriptionFindingView} from '../../views/drift.ts'

export default class SubscriptionDrift extends DriftCommand {
  static override permission = 'subscription.read' as const
  static override output = {list: subscriptionFindingView}
  static override summary = 'Compare subscriptions with Stripe; exits 9 where they differ.'
  static override description =
    'Finds subscriptions that only one side knows, and those whose status, plan, period or cancellation differ. Every subscription at Stripe is read, a hundred a request, and compared as it comes. Needs a Stripe key; one that only reads will do.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> -o ndjson --fields finding,tenant,here,at_stripe,stripe_url',
  ]
  static override flags = driftFlags

  async run(): Promise<void> {
    await this.parse(SubscriptionDrift)
    const access = stripeAccess(this.context, this.sources)
    const gateway = requireGateway(access, this.interruption.signal)
    const account = await this.read(findStripeAccount)
    const differences = linked(this.differences(gateway), {mode: access.mode, account})
    await this.showDifferences(subscriptionFindingView, differences, 'subscriptions')
  }

  /** What Stripe has, page by page beside the database; then what the database has that was in no page. */
  private async *differences(gateway: StripeGateway): AsyncGenerator<SubscriptionFinding[]> {
    const {began, plans} = await this.read(async (db) => ({began: await databaseNow(db), plans: await planNames(db)}))
    const seen = new SeenIds()
    for await (const page of inPages(listSubscriptions(gateway))) {
      for (const {id} of page) seen.add(id)
      yield await this.compare(page, plans)
    }
    for await (const rows of this.stream((db) => selectLinkedBefore(db, began))) {
      const unseen = rows.filter(({stripe_subscription_id: id}) => id === null || !seen.has(id))
      this.countCompared(unseen.length, 'subscriptions')
      yield unseen.map(unknownAtStripe)
    }
  }

  private async compare(page: readonly Subscription[], plans: PlanNames): Promise<SubscriptionFinding[]> {
    this.countCompared(page.length, 'subscriptions')
    const rows = await this.read((db) =>
      subscriptionsOfStripe(
        db,
        page.map(({id}) => id),
      ),
    )
    const here = Map.groupBy(rows, ({stripe_subscription_id: id}) => id)
    const known = page.flatMap((there) =>
      (here.get(there.id) ?? []).flatMap((row) => compareSubscription(row, there, plans)),
    )
    return [...known, ...(await this.unknown(page.filter((there) => !here.has(there.id) && hasBegun(there))))]
  }

  private async unknown(subscriptions: readonly Subscription[]): Promise<SubscriptionFinding[]> {
    if (subscriptions.length === 0) return []
    const customers = subscriptions.map(({customer}) => customer)
    const tenants = await this.read((db) => tenantsOfCustomers(db, customers))
    return subscriptions.map((there) => unknownHere(there, tenants.get(there.customer)))
  }
}

async function* linked(batches: AsyncIterable<readonly SubscriptionFinding[]>, dashboard: Dashboard) {
  for await (const findings of batches) {
    yield findings.map((finding) => ({
      ...finding,
      stripe_url: linkOrNull('subscription', finding.stripe_subscription_id, dashboard),
    }))
  }
}
