import type {DomainName} from './domain-list.ts'
import type {IpAddress} from './ip-list.ts'

/** A domain sending by an IP, now or as planned. */
interface LiveAssignment {
  domain: DomainName
  ip: IpAddress
  /** Days since the domain came to the IP. */
  since: number
  /** Active and warmed, where nothing is said; a scheduled domain has sent nothing. */
  status?: 'warming' | 'scheduled'
}

/** Every assignment that counts; a domain has at most one. */
export const liveAssignments: readonly LiveAssignment[] = [
  // The bad neighbourhood: a listed IP under five tenants, one of them with a campaign under way.
  {domain: 'acme.example', ip: '203.0.113.24', since: 310.2},
  {domain: 'news.acme.example', ip: '203.0.113.24', since: 310.2},
  {domain: 'acme-offers.example', ip: '203.0.113.24', since: 122.6},
  {domain: 'harborpine.example', ip: '203.0.113.24', since: 255.1},
  {domain: 'harborpine-mail.example', ip: '203.0.113.24', since: 201.8},
  {domain: 'kestrel.example', ip: '203.0.113.24', since: 298.4},
  {domain: 'updates.kestrel.example', ip: '203.0.113.24', since: 97.3},
  {domain: 'blueanchor.example', ip: '203.0.113.24', since: 240.9},
  {domain: 'tidewater.example', ip: '203.0.113.24', since: 9.7, status: 'warming'},
  {domain: 'acme-mail.example', ip: '203.0.113.21', since: 88.5},
  {domain: 'fenwick-legal.example', ip: '203.0.113.21', since: 333.3},
  {domain: 'northline.example', ip: '192.0.2.10', since: 371.4},
  {domain: 'northline-jobs.example', ip: '192.0.2.10', since: 188.2},
  {domain: 'northline-talent.example', ip: '192.0.2.12', since: 140.7},
  {domain: 'hire-northline.example', ip: '192.0.2.13', since: 12.1, status: 'warming'},
  {domain: 'northline-eu.example', ip: '198.51.100.144', since: 1.6, status: 'scheduled'},
  {domain: 'soester.example', ip: '198.51.100.140', since: 365.8},
  {domain: 'nyhedsbrev.soester.example', ip: '198.51.100.140', since: 140.5},
  {domain: 'pengin.example', ip: '198.51.100.30', since: 580.9},
  {domain: 'xn--ockte5cb.example', ip: '198.51.100.30', since: 402.6},
  {domain: 'mail.pengin.example', ip: '198.51.100.31', since: 250.4},
  {domain: 'pengin-shop.example', ip: '198.51.100.33', since: 6.2, status: 'warming'},
  {domain: 'oreillys-orchard.example', ip: '192.0.2.11', since: 230.1},
  {domain: 'orchard-boxes.example', ip: '203.0.113.22', since: 15.5, status: 'warming'},
  {domain: 'hello-ops.example', ip: '203.0.113.23', since: 28.8},
  {domain: 'shop.harborpine.example', ip: '203.0.113.20', since: 150.3},
  {domain: 'lumenhealth.example', ip: '203.0.113.20', since: 600.7},
  {domain: 'lumen-care.example', ip: '2001:db8:113::24', since: 120.2},
  {domain: 'appointments.lumenhealth.example', ip: '198.51.100.31', since: 290.6},
  {domain: 'billing.lumenhealth.example', ip: '198.51.100.32', since: 180.9},
  {domain: 'lumen-research.example', ip: '192.0.2.14', since: 2.3, status: 'scheduled'},
  {domain: 'kestrel-labs.example', ip: '203.0.113.27', since: 0.8, status: 'scheduled'},
  {domain: 'track.blueanchor.example', ip: '203.0.113.23', since: 210.4},
  {domain: 'tidewater-homes.example', ip: '192.0.2.13', since: 10.9, status: 'warming'},
  {domain: 'quillpress.example', ip: '198.51.100.34', since: 555.5},
  {domain: 'quill-letters.example', ip: '198.51.100.34', since: 420.3},
  {domain: 'marlowbikes.example', ip: '192.0.2.140', since: 300.6},
  {domain: 'marlow-parts.example', ip: '192.0.2.140', since: 199.1},
  {domain: 'marlow-club.example', ip: '192.0.2.141', since: 110.8},
  {domain: 'cafecreme.example', ip: '198.51.100.141', since: 250.7},
  {domain: 'fidelite.cafecreme.example', ip: '198.51.100.143', since: 18.4, status: 'warming'},
  {domain: 'sunrisesolar.example', ip: '192.0.2.142', since: 330.2},
  {domain: 'sunrise-install.example', ip: '192.0.2.142', since: 205.5},
  {domain: 'granitepeak.example', ip: '198.51.100.30', since: 427.1},
  {domain: 'granite-trails.example', ip: '198.51.100.33', since: 20.6, status: 'warming'},
  {domain: 'pixelfoundry.example', ip: '198.51.100.141', since: 380.3},
  {domain: 'pixel-press.example', ip: '198.51.100.142', since: 222.2},
  {domain: 'verdefoods.example', ip: '198.51.100.142', since: 377.6},
  {domain: 'verde-kitchen.example', ip: '198.51.100.142', since: 201.3},
  {domain: 'verde-recipes.example', ip: '198.51.100.143', since: 14.9, status: 'warming'},
  {domain: 'verde-market.example', ip: '198.51.100.144', since: 1.1, status: 'scheduled'},
  {domain: 'atlasfreight.example', ip: '198.51.100.140', since: 405.8},
  {domain: 'atlas-quotes.example', ip: '198.51.100.141', since: 310.9},
  {domain: 'atlas-track.example', ip: '2001:db8:e0::40', since: 170.6},
  {domain: 'eu.atlasfreight.example', ip: '2001:db8:e0::40', since: 160.2},
  {domain: 'brightpath.example', ip: '192.0.2.12', since: 110.1},
  {domain: 'summitdental.example', ip: '192.0.2.141', since: 490.4},
  {domain: 'summit-reminders.example', ip: '203.0.113.22', since: 17.3, status: 'warming'},
  {domain: 'summit-ortho.example', ip: '192.0.2.14', since: 3.9, status: 'scheduled'},
  {domain: 'redwood-ins.example', ip: '192.0.2.12', since: 702.5},
  {domain: 'redwood-claims.example', ip: '203.0.113.23', since: 333.8},
  {domain: 'cobaltcyber.example', ip: '198.51.100.30', since: 340.1},
  {domain: 'cobalt-alerts.example', ip: '2001:db8:113::24', since: 133.7},
  {domain: 'orbitevents.example', ip: '198.51.100.32', since: 205.9},
  {domain: 'orbit-tickets.example', ip: '198.51.100.33', since: 19.2, status: 'warming'},
  {domain: 'ghostlight.example', ip: '203.0.113.27', since: 2.7, status: 'scheduled'},
]

/** A time a domain sent by an IP that is over. */
interface PastAssignment {
  domain: DomainName
  ip: IpAddress
  since: number
  /** Days since it ended. */
  ended: number
}

/** Assignments that are history: moves, and the tenants that burned what they were given. */
export const pastAssignments: readonly PastAssignment[] = [
  {domain: 'acme.example', ip: '192.0.2.10', since: 780.3, ended: 310.2},
  {domain: 'news.acme.example', ip: '192.0.2.10', since: 500.1, ended: 310.2},
  {domain: 'kestrel.example', ip: '203.0.113.28', since: 590.4, ended: 298.4},
  {domain: 'fenwick-legal.example', ip: '192.0.2.144', since: 860.9, ended: 333.3},
  {domain: 'granitepeak.example', ip: '198.51.100.37', since: 600.2, ended: 427.1},
  {domain: 'granite-sale.example', ip: '198.51.100.37', since: 290.6, ended: 101.4},
  {domain: 'blueanchor.example', ip: '192.0.2.17', since: 430.7, ended: 240.9},
  {domain: 'copperkettle.example', ip: '198.51.100.146', since: 270.5, ended: 21.8},
  {domain: 'meadowpets.example', ip: '198.51.100.37', since: 410.2, ended: 44.6},
  {domain: 'dailydeal.example', ip: '203.0.113.26', since: 140.3, ended: 40.5},
  {domain: 'daily-deal-blast.example', ip: '203.0.113.26', since: 90.9, ended: 40.5},
  {domain: 'dailydeal.example', ip: '203.0.113.28', since: 40.5, ended: 25.1},
  {domain: 'daily-deal-blast.example', ip: '192.0.2.17', since: 40.5, ended: 25.1},
  {domain: 'oldmill.example', ip: '192.0.2.144', since: 610.8, ended: 52.2},
]
