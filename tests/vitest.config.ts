import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { TimeLimit } from './time-limit.ts'

/** How many times slower the browser runs than it could, see tests/e2e/browser-app.ts. */
const slow = Number(process.env.E2E_SLOW) || 1

/**
 * Tests with a process each: they fill it, measure it, or change what others would load. They are begun first: the longest
 * of all are among them, and none of those may be what is left at the end, when the other processor has nothing to do.
 */
const APART = [
  'tests/attack/{bombs,disk,kill,lists,lock,photo,workbook}.test.ts',
  'tests/extractors/{linear-time,patterns}.test.ts',
]
/** Tests of the pages, each file with a server and profiles of its own, in one Chromium. */
const PAGES = ['tests/e2e/**/*.test.ts']

/**
 * Loading the server takes longer than most of its tests: they share a process, and what it has loaded. What a test puts in
 * the place of a global or a function does not stay for the next file.
 */
const SHARED = { isolate: false, unstubGlobals: true, unstubEnvs: true, restoreMocks: true }

/** Before the first test of a file. */
const SETUP = ['tests/one-seed.ts']

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    reporters: ['default', new TimeLimit()],
    // No `retry`: the test that failed now and then had found input that was lost, and a second go meets a database that
    // the first has changed. The times guard against a hang, they are no measure of speed: a machine with much else to do needs its time.
    testTimeout: 480_000 * slow,
    hookTimeout: 480_000 * slow,
    expect: { poll: { timeout: 120_000 * slow } },
    // Two cores: more forks than that only make the browser tests slower.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'apart', include: APART, setupFiles: SETUP },
      },
      {
        extends: true,
        test: { name: 'pages', include: PAGES, globalSetup: 'tests/e2e/build-web.ts', ...SHARED },
      },
      {
        extends: true,
        test: {
          name: 'together',
          include: ['tests/**/*.test.ts'],
          exclude: [...APART, ...PAGES],
          setupFiles: SETUP,
          ...SHARED,
        },
      },
    ],
  },
})
