import {PmCommand} from '../cli/command.ts'
import {allSchemas, schemaOf} from '../cli/outputs.ts'
import {LeanConfig} from '../cli/project.ts'

export default class Schema extends PmCommand {
  static override permission = 'none' as const
  static override summary = "Print the JSON schema of a command's output."
  static override description = 'What it describes is a promise: fields are added, never removed or retyped.'
  static override examples = [
    '<%= config.bin %> <%= command.id %> ip list',
    '<%= config.bin %> <%= command.id %> > schemas.json',
  ]
  static override usage = '<%= command.id %> [COMMAND]'
  static override strict = false

  async run(): Promise<void> {
    const {argv} = await this.parse(Schema)
    const {project} = LeanConfig.of(this.config)
    const schema = argv.length === 0 ? await allSchemas(project) : await schemaOf(argv.map(String), project)
    await this.terminal.write(`${JSON.stringify(schema, null, 2)}\n`)
  }
}
