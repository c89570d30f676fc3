import {globSync} from 'node:fs'
import {fileURLToPath} from 'node:url'
import type {JsonSchema} from '../output/json-schema.ts'
import {NotFound} from '../rules/errors.ts'
import type {CommandClass} from './command.ts'
import {findCommand, type Project} from './project.ts'
import {outputSchema} from './schema.ts'

/**
 * The JSON schema of one command's output.
 * @throws NotFound for words that name no command, or one whose output is no data.
 */
export async function schemaOf(words: readonly string[], project: Project): Promise<JsonSchema> {
  const command = findCommand(words, project)
  const output = command && (await load(command.module)).output
  if (output) return outputSchema(output)
  throw new NotFound(command ? `pm ${words.join(' ')} writes no data.` : `There is no command “${words.join(' ')}”.`, {
    hint: 'All there are: pm schema',
    ...(!command && {sought: {name: words.join(' '), among: commandNames(project)}}),
  })
}

/** The schemas of all commands that write data, by command. */
export async function allSchemas(project: Project): Promise<Record<string, JsonSchema>> {
  const schemas: Record<string, JsonSchema> = {}
  for (const name of commandNames(project)) {
    const {output} = await load(new URL(`${name.replaceAll(' ', '/')}${project.extension}`, project.commands))
    if (output) schemas[name] = outputSchema(output)
  }
  return schemas
}

async function load(module: URL): Promise<CommandClass> {
  const {default: command}: {default: CommandClass} = await import(module.href)
  return command
}

function commandNames({commands, extension}: Project): string[] {
  const files = globSync(`**/*${extension}`, {cwd: fileURLToPath(commands)}).sort()
  return files.map((file) => file.slice(0, -extension.length).replaceAll('/', ' '))
}
