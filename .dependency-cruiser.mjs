// The rooms of src/: what each may import besides itself. This table is the architecture (DESIGN: Rooms).
const layers = {
  commands: ['cli', 'screens', 'queries', 'changes', 'views', 'dns', 'stripe', 'rules'],
  screens: ['cli', 'views', 'output', 'dns', 'queries', 'rules'],
  cli: ['db', 'queries', 'changes', 'output', 'rules'],
  views: ['output', 'queries', 'dns', 'stripe', 'rules'],
  changes: ['db', 'queries', 'stripe', 'dns', 'rules'],
  queries: ['db', 'rules'],
  dns: ['rules'],
  stripe: ['rules'],
  db: ['rules'],
  output: [],
  rules: [],
}

// Where only types may cross: a view looks at rows, it does not fetch them.
const typesOnly = {screens: ['queries'], views: ['queries', 'dns', 'stripe'], changes: ['dns']}

// The only rooms that may import a package.
const homes = {
  '@oclif/core': ['commands', 'cli'],
  '@inquirer/prompts': ['cli'],
  kysely: ['db', 'queries', 'changes'],
  pg: ['db'],
  '@electric-sql/pglite': ['db'],
  stripe: ['stripe'],
  'cli-table3': ['output'],
  chalk: ['output'],
  'dns-packet': ['dns'],
  tldts: ['dns'],
}

const within = (names) => `^src/(${names.join('|')})/`

export default {
  forbidden: [
    ...Object.entries(layers).map(([layer, allowed]) => ({
      name: `${layer}-imports-inward`,
      comment: `${layer} may import only ${[layer, ...allowed].join(', ')}. Move the thing, or pass it in from commands.`,
      severity: 'error',
      from: {path: `^src/${layer}/`},
      to: {path: '^src/', pathNot: within([layer, ...allowed])},
    })),
    ...Object.entries(typesOnly).flatMap(([layer, seen]) =>
      seen.map((other) => ({
        name: `${layer}-see-types-of-${other}`,
        comment: `${layer} may import types of ${other}, not code.`,
        severity: 'error',
        from: {path: `^src/${layer}/`},
        to: {path: `^src/${other}/`, dependencyTypesNot: ['type-only']},
      })),
    ),
    ...Object.entries(homes).map(([name, allowed]) => ({
      name: `${name}-stays-home`,
      comment: `${name} is used in ${allowed.join(', ')} only.`,
      severity: 'error',
      from: {path: '^src/', pathNot: within(allowed)},
      to: {path: `node_modules/(@types/)?${name}/`},
    })),
    {
      name: 'commands-stand-alone',
      comment: 'A command never imports another: what they share belongs in cli.',
      severity: 'error',
      from: {path: '^src/commands/'},
      to: {path: '^src/commands/'},
    },
    {
      name: 'every-folder-is-a-room',
      comment: 'A folder of src/ that is not in the table above has no place in the architecture yet.',
      severity: 'error',
      from: {},
      to: {path: '^src/', pathNot: within(Object.keys(layers))},
    },
    {
      name: 'no-cycles',
      comment: 'Nothing imports itself around a corner, not even as a type.',
      severity: 'error',
      from: {},
      to: {circular: true},
    },
    {
      name: 'no-tests-in-src',
      comment: 'src never imports tests.',
      severity: 'error',
      from: {path: '^src/'},
      to: {path: '^(test|bench)/'},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: {fileName: 'tsconfig.json'},
    doNotFollow: {path: 'node_modules'},
  },
}
