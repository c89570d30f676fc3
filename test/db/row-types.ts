import {fileURLToPath} from 'node:url'
import ts from 'typescript'

/** What a row type says of one column. */
interface ColumnType {
  type: string
  nullable: boolean
  /** Whether an insert may leave it out, because the database has something to put there. */
  generated: boolean
  /** The only values there are; null where any will do. */
  values: string[] | null
}

export type RowType = Record<string, ColumnType>

const file = fileURLToPath(new URL('../../src/db/schema.ts', import.meta.url))

/** Every table of `Database` (src/db/schema.ts) with its columns, as the TypeScript compiler understands them. */
export function readRowTypes(): Record<string, RowType> {
  const program = ts.createProgram([file], {
    strict: true,
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    noEmit: true,
    skipLibCheck: true,
  })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(file)
  const database = source?.statements.find(
    (statement): statement is ts.InterfaceDeclaration =>
      ts.isInterfaceDeclaration(statement) && statement.name.text === 'Database',
  )
  if (!database) throw new Error('There is no interface Database.')
  return Object.fromEntries(
    membersOf(database).map(([table, node]) => {
      const [row] = checker.getTypeFromTypeNode(node).getSymbol()?.declarations ?? []
      if (!row || !ts.isInterfaceDeclaration(row)) throw new Error(`The rows of ${table} have no interface.`)
      return [table, Object.fromEntries(membersOf(row).map(([name, type]) => [name, columnType(type, checker)]))]
    }),
  )
}

function membersOf({members}: ts.InterfaceDeclaration): [name: string, type: ts.TypeNode][] {
  return members.map((member) => {
    if (!ts.isPropertySignature(member) || !member.type) throw new Error('Not a property with a type.')
    const {name} = member
    if (!ts.isIdentifier(name) && !ts.isStringLiteral(name)) throw new Error('Not a name.')
    return [name.text, member.type]
  })
}

function columnType(node: ts.TypeNode, checker: ts.TypeChecker): ColumnType {
  const inner = ts.isTypeReferenceNode(node) && node.typeName.getText() === 'Generated' ? node.typeArguments?.[0] : node
  if (!inner) throw new Error('Generated needs a type.')
  const generated = inner !== node
  const parts = ts.isUnionTypeNode(inner) ? [...inner.types] : [inner]
  const isNull = (part: ts.TypeNode) => part.getText() === 'null'
  const kept = parts.filter((part) => !isNull(part))
  const types = kept.flatMap((part) => constituents(checker.getTypeFromTypeNode(part)))
  const values = types.flatMap((type) => (type.isStringLiteral() ? [type.value] : []))
  return {
    type: kept.map((part) => part.getText()).includes('Json') ? 'Json' : baseType(types, checker),
    nullable: parts.some(isNull),
    generated,
    values: values.length > 0 ? values.sort() : null,
  }
}

function constituents(type: ts.Type): ts.Type[] {
  return type.isUnion() ? type.types : [type]
}

function baseType(types: readonly ts.Type[], checker: ts.TypeChecker): string {
  const names = new Set(types.map((type) => checker.typeToString(checker.getBaseTypeOfLiteralType(type))))
  return [...names].join(' | ')
}
