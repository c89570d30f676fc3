import * as Flags from '@oclif/core/flags'
import {PmCommand} from '../../cli/command.ts'
import {listFlags} from '../../cli/options.ts'
import {deploymentOrdering, listDeployments} from '../../queries/domain/deployments.ts'
import {listing} from '../../queries/paging.ts'
import {findTenantId} from '../../queries/tenant/find.ts'
import {deploymentView} from '../../views/deployment.ts'

export default class DomainDeployments extends PmCommand {
  static override permission = 'domain.read' as const
  static override output = {list: deploymentView}
  static override ordering = deploymentOrdering
  static override summary = 'List the DKIM keys that wait for a Mailu sync.'
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --tenant acme -o name',
  ]
  static override flags = {
    tenant: Flags.string({
      helpValue: 'TENANT',
      description: 'Only domains of this tenant: name, id or a domain of it.',
    }),
    ...listFlags,
  }

  async run(): Promise<void> {
    const {flags} = await this.parse(DomainDeployments)
    const tenantId = await this.read((db) => findTenantId(db, flags.tenant))
    await this.list(
      deploymentView,
      listing(deploymentOrdering, (db) => listDeployments(db, {tenantId})),
    )
  }
}
