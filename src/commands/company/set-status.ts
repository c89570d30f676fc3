import {setCompanyStatus} from '../../changes/company/set-status.ts'
import {manyFlags, selectFlags, writeFlags} from '../../cli/options.ts'
import {WriteCommand} from '../../cli/write-command.ts'
import {searchCompanies} from '../../queries/company/find.ts'
import {companyStatuses} from '../../rules/company-status.ts'
import {UsageError} from '../../rules/errors.ts'
import {parseGivenName} from '../../rules/given-name.ts'

export default class CompanySetStatus extends WriteCommand {
  static override permission = 'company.write' as const
  static override output = {outcome: undefined}
  static override summary = 'Make companies active, inactive or suspended.'
  static override description = 'Those that have the status already are left alone.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> acme-outlet suspended --reason "abuse report 4711"',
    '<%= config.bin %> <%= command.id %> active --from-file cleared.txt --yes',
  ]
  static override usage = `<%= command.id %> COMPANY... ${companyStatuses.join('|')} [FLAGS]`
  static override strict = false
  static override flags = {...manyFlags, ...selectFlags, ...writeFlags}

  async run(): Promise<void> {
    const {raw, flags} = await this.parse(CompanySetStatus)
    // oclif sorts its argv by where each word stands first on the command line, be it as the value of a flag.
    const words = raw.filter(({type}) => type === 'arg').map(({input}) => input)
    const status = parseStatus(words.at(-1))
    const companies = await this.givenMany(words.slice(0, -1), flags, {
      noun: 'company',
      parse: parseGivenName,
      find: searchCompanies,
    })
    await this.carryOut(setCompanyStatus, {companies, status}, flags)
  }
}

function parseStatus(text: unknown) {
  const status = companyStatuses.find((known) => known === text)
  if (status) return status
  throw new UsageError(text ? `“${text}” is no status of a company.` : 'Which status?', {
    hint: `The last argument is ${companyStatuses.join(', ')}.`,
    sought: {name: String(text), among: companyStatuses},
  })
}
