import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {listing} from '../../queries/paging.ts'
import {listTemplates, templateOrdering} from '../../queries/template/list.ts'
import {findTenantId} from '../../queries/tenant/find.ts'
import {templateKinds} from '../../rules/template-kind.ts'
import {templateView} from '../../views/template.ts'

export default class TemplateList extends PmCommand {
  static override permission = 'template.read' as const
  static override output = {list: templateView}
  static override ordering = templateOrdering
  static override summary = 'List templates: those that campaigns send, and raw Eta ones.'
  static override description = 'Only templates of campaigns lie in folders and have tags.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> --tenant acme',
    '<%= config.bin %> <%= command.id %> --folder Onboarding -o json --fields template,tenant',
    '<%= config.bin %> <%= command.id %> --tag vip',
  ]
  static override flags = {
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'Only templates of this tenant: name, id or a domain of it.',
    }),
    kind: Flags.option({options: templateKinds, helpValue: 'KIND'})({
      description: `Only one kind: ${templateKinds.join(' or ')}.`,
    }),
    folder: Flags.string({helpValue: 'NAME', description: 'Only templates in this folder.'}),
    tag: Flags.string({helpValue: 'TAG', description: 'Only templates with this tag, by value or name.'}),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(TemplateList)
    const tenantId = await this.read((db) => findTenantId(db, flags.tenant))
    await this.list(
      templateView,
      listing(templateOrdering, (db) => listTemplates(db, {...flags, tenantId})),
    )
  }
}
