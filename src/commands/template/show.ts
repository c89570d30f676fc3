import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getTemplateDetail} from '../../queries/template/detail.ts'
import {searchTemplates} from '../../queries/template/find.ts'
import {findTenantId} from '../../queries/tenant/find.ts'
import {templateKinds} from '../../rules/template-kind.ts'
import {templateDetailView, templateSections} from '../../views/template.ts'

export default class TemplateShow extends PmCommand {
  static override permission = 'template.read' as const
  static override output = {record: templateDetailView}
  static override summary = 'Show one template: its folders, tags and dictionary, and its text on request.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> Welcome --tenant acme --kind campaign',
    '<%= config.bin %> <%= command.id %> invoice --tenant acme --source',
  ]
  static override args = {template: argument({description: 'The template: name or id.'})}
  static override flags = {
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'Whose template it is, where several have the name: name, id or a domain.',
    }),
    kind: Flags.option({options: templateKinds, helpValue: 'KIND'})({
      description: `Which kind it is: ${templateKinds.join(' or ')}.`,
    }),
    source: Flags.boolean({description: 'Its text, too: the content, or the body in Eta.'}),
    ...showFlags,
  }

  async run(): Promise<void> {
    const {args, flags} = await this.parse(TemplateShow)
    const named = await this.given(args.template, 'template', searchTemplates)
    const template = await this.read(async (db) => {
      const tenantId = await findTenantId(db, flags.tenant)
      return getTemplateDetail(db, named, {tenantId, kind: flags.kind}, flags)
    })
    await this.show(template, templateDetailView, templateSections(template))
  }
}
