import {PmCommand} from '../../cli/command.ts'
import {argument, showFlags} from '../../cli/options.ts'
import {getCompanyDetail} from '../../queries/company/detail.ts'
import {searchCompanies} from '../../queries/company/find.ts'
import {companyDetailView, companySections} from '../../views/company.ts'

export default class CompanyShow extends PmCommand {
  static override permission = 'company.read' as const
  static override output = {record: companyDetailView}
  static override summary = 'Show one company: its domains, campaigns and recent changes.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme-retail',
    '<%= config.bin %> <%= command.id %> acme-retail -o json --fields company,status',
  ]
  static override args = {company: argument({description: 'The company: workspace, name or id.'})}
  static override flags = showFlags

  async run(): Promise<void> {
    const {args} = await this.parse(CompanyShow)
    const named = await this.given(args.company, 'company', searchCompanies)
    const company = await this.read((db) => getCompanyDetail(db, named))
    await this.show(company, companyDetailView, companySections(company))
  }
}
