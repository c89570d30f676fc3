import {globSync} from 'node:fs'
import type {RolldownOptions} from 'rolldown'

const commands = globSync('src/commands/**/*.ts').map((file) => [file.slice('src/'.length, -'.ts'.length), file])

/**
 * An entry for the process, one for what Tab asks, and one for each command; what they share becomes chunks, and what a file imports lazily
 * stays a chunk of its own. Everything is bundled but PGlite, which brings its WebAssembly as files.
 */
export default {
  input: {main: 'src/cli/main.ts', completion: 'src/cli/completion/answer.ts', ...Object.fromEntries(commands)},
  platform: 'node',
  // The last four are optional to libraries that are bundled, and only ever present by accident.
  external: ['@electric-sql/pglite', /^node:/, 'pg-native', 'typescript', 'ts-node', 'tsx'],
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    minify: {compress: true, mangle: false, codegen: {removeWhitespace: true}},
  },
} satisfies RolldownOptions
