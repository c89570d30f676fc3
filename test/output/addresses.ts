import type {Style} from '../../src/output/style.ts'
import type {View} from '../../src/output/view.ts'

export interface Address {
  ip: string
  status: 'active' | 'warming' | 'quarantined'
  tenant: string | null
  assigned_count: number
  reputation: string | null
  pooled: boolean
  last_seen: string | null
  labels: string[]
  notes: unknown
}

const tones = {active: 'good', warming: 'warn', quarantined: 'bad'} as const

export const addressView: View<Address> = {
  noun: 'IP',
  plural: 'IPs',
  name: 'ip',
  fields: {
    ip: {kind: 'text', header: 'IP', cell: (ip) => ({text: ip, href: `https://ops.example/ips/${ip}`})},
    status: {
      kind: 'text',
      values: ['active', 'warming', 'quarantined'],
      cell: (status) => ({text: status, tone: tones[status]}),
    },
    tenant: {kind: 'text', nullable: true},
    assigned_count: {kind: 'integer', header: 'Assigned'},
    reputation: {kind: 'decimal', nullable: true},
    pooled: {kind: 'boolean'},
    last_seen: {kind: 'timestamp', nullable: true},
    labels: {kind: 'list', values: ['eu', 'us']},
    notes: {kind: 'json', nullable: true},
  },
  table: ['ip', 'status', 'tenant', 'assigned_count', 'reputation', 'last_seen'],
}

export const first: Address = {
  ip: '203.0.113.24',
  status: 'active',
  tenant: 'Acme GmbH',
  assigned_count: 7,
  reputation: '98.50',
  pooled: true,
  last_seen: '2026-03-01T09:00:00.000Z',
  labels: ['eu', 'us'],
  notes: {since: 2024, by: 'ana'},
}

export const second: Address = {
  ip: '198.51.100.7',
  status: 'quarantined',
  tenant: null,
  assigned_count: 1250,
  reputation: null,
  pooled: false,
  last_seen: null,
  labels: [],
  notes: null,
}

export const style: Style = {
  color: false,
  width: 120,
  header: true,
  links: false,
  clock: {now: new Date('2026-03-01T12:00:00Z'), zone: 'relative'},
}

export async function* inBatches<Row>(...batches: (readonly Row[])[]): AsyncGenerator<readonly Row[]> {
  yield* batches
}

export async function whole(texts: AsyncIterable<string>): Promise<string> {
  return (await pieces(texts)).join('')
}

/** The pieces themselves, since what arrives when is part of the contract. */
export async function pieces(texts: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = []
  for await (const text of texts) all.push(text)
  return all
}

/** Escapes as a visible character, so that no snapshot holds what a terminal would obey. */
export function withVisibleEscapes(text: string): string {
  return text.replaceAll('\u001b', '␛')
}
