import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import {readDnsDocument} from '../../rules/dns-document.ts'
import type {DocumentProblem} from '../../rules/dns-record-fields.ts'
import {type ChangeRow, listChangesOf} from '../audit/list.ts'
import {type DomainIp, listDomainIps} from './assignments.ts'
import type {DomainRow} from './columns.ts'
import {getDomain} from './find.ts'
import {type RecordRow, recordRows} from './records.ts'

/** Everything an operator wants to know of one domain. */
export interface DomainDetail extends DomainRow {
  verified: string | null
  mailu_domain: string | null
  ttl_observed: number | null
  updated: string | null
  dns_records: Json | null
  expected: RecordRow[]
  /** What is wrong with the stored document: what it says there is neither checked nor published. */
  problems: readonly DocumentProblem[]
  ips: Pick<DomainIp, 'ip' | 'status' | 'warmup' | 'assigned' | 'last_sent'>[]
  /** The first of them; `account_count` says how many there are. */
  accounts: {account: string; status: string | null}[]
  account_count: number
  changes: Pick<ChangeRow, 'id' | 'made' | 'by' | 'command'>[]
}

const shownAccounts = 20
const recentChanges = 10

/** @throws NotFound, Conflict */
export async function getDomainDetail(db: Reader, named: string): Promise<DomainDetail> {
  const {is_primary: _, ...domain} = await getDomain(db, named)
  const changes = await listChangesOf(db, `domain:${domain.domain}`, recentChanges)
  const ips = await listDomainIps(db, domain.id, {live: true}).orderBy('a.assigned').orderBy('a.id').execute()
  return {
    ...domain,
    ...(await moreOf(db, domain.id)),
    expected: recordRows(domain),
    problems: readDnsDocument(domain.dns_records).problems,
    ips: ips.map(({ip, status, warmup, assigned, last_sent}) => ({ip, status, warmup, assigned, last_sent})),
    accounts: await accountsOf(db, domain.id),
    account_count: await countAccounts(db, domain.id),
    changes: changes.map(({id, made, by, command}) => ({id, made, by, command})),
  }
}

function moreOf(db: Reader, id: string) {
  return db
    .selectFrom('domains')
    .where('id', '=', id)
    .select(['verified', 'mailu_domain', 'dns_ttl_observed as ttl_observed', 'updated'])
    .executeTakeFirstOrThrow()
}

function accountsOf(db: Reader, domainId: string): Promise<DomainDetail['accounts']> {
  return db
    .selectFrom('email_accounts')
    .where('domain_id', '=', domainId)
    .select(['email as account', 'status'])
    .orderBy('email')
    .orderBy('id')
    .limit(shownAccounts)
    .execute()
}

async function countAccounts(db: Reader, domainId: string): Promise<number> {
  const {count} = await db
    .selectFrom('email_accounts')
    .where('domain_id', '=', domainId)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
