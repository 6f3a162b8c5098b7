import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { TimeLimit } from './time-limit.ts'

/** How many times slower the browser runs than it could, see tests/e2e/browser-app.ts. */
const slow = Number(process.env.E2E_SLOW) || 1

/** Tests with a process each: they start servers and browsers, break them, or measure how work grows. */
const APART = ['tests/{e2e,attack}/**/*.test.ts', 'tests/extractors/{linear-time,patterns}.test.ts']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    reporters: ['default', new TimeLimit()],
    // No `retry`: the test that failed now and then had found input that was lost, and a second go meets a database that
    // the first has changed. The times guard against a hang, they are no measure of speed: a machine with much else to do needs its time.
    testTimeout: 90_000 * slow,
    hookTimeout: 180_000 * slow,
    expect: { poll: { timeout: 30_000 * slow } },
    // Two cores: more forks than that only make the browser tests slower.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'apart', include: APART },
      },
      {
        // Loading the server takes longer than most of its tests: they share a process, and what it has loaded. What a test
        // puts in the place of a global or a function does not stay for the next file.
        extends: true,
        test: {
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: APART,
          isolate: false,
          unstubGlobals: true,
          unstubEnvs: true,
          restoreMocks: true,
        },
      },
    ],
  },
})
