import type {Json} from '../../db/schema/json.ts'
import type {Reader} from '../../db/transaction.ts'
import {type CampaignUse, listCampaignsUsing} from '../campaign/using.ts'
import {getTemplate} from './find.ts'
import type {TemplateFilter, TemplateRow} from './list.ts'

/** What an Eta template can look up: a word and its value, of its tenant. */
export interface DictionaryEntry {
  key: string
  value: Json
  created: string | null
}

/** Everything an operator wants to know of one template. */
export interface TemplateDetail extends TemplateRow {
  created: string | null
  /** Whether its body includes others asynchronously; of Eta templates alone. */
  async: boolean | null
  /** How many characters its text has. */
  size: number
  /** The text itself, where it was asked for. */
  source: string | null
  dictionary: DictionaryEntry[]
  /** The campaigns with a step that sends it. */
  campaigns: CampaignUse[]
}

/** @throws NotFound, Conflict */
export async function getTemplateDetail(
  db: Reader,
  named: string,
  filter: TemplateFilter,
  {source}: {source: boolean},
): Promise<TemplateDetail> {
  const template = await getTemplate(db, named, filter)
  const {text, created, async} = await (template.kind === 'eta' ? etaOf(db, template.id) : campaignOf(db, template.id))
  return {
    ...template,
    created,
    async,
    size: [...(text ?? '')].length,
    source: source ? text : null,
    dictionary: await dictionaryOf(db, template.tenant_id),
    campaigns: template.kind === 'eta' ? [] : await listCampaignsUsing(db, 'template_id', template.id),
  }
}

async function campaignOf(db: Reader, id: string) {
  const row = await db
    .selectFrom('templates')
    .where('id', '=', id)
    .select(['content as text', 'created'])
    .executeTakeFirstOrThrow()
  return {...row, async: null}
}

function etaOf(db: Reader, id: string) {
  return db
    .selectFrom('email_templates')
    .where('id', '=', id)
    .select(['body as text', 'created', 'async'])
    .executeTakeFirstOrThrow()
}

function dictionaryOf(db: Reader, tenantId: string): Promise<DictionaryEntry[]> {
  return db
    .selectFrom('template_dictionaries')
    .where('tenant_id', '=', tenantId)
    .select(['key', 'value', 'created'])
    .orderBy('key')
    .orderBy('id')
    .execute()
}
