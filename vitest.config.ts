import {defineConfig} from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/server.ts', 'test/support/build.ts'],
    // Only what hangs takes so long; no test asserts a time, and a busy machine is no failure.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Two cores: more files at once only wait for each other.
    maxWorkers: 2,
    disableConsoleIntercept: true,
  },
})
