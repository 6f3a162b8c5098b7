/**
 * `npm run attack -- fuzz [CALLS] [SEED]`, `-- extract [TEXTS] [SEED]`, `-- kill [TIMES] [SEED]`: the attacks of the tests as
 * often as one likes; `-- imports [WORD]`: files that mean harm and files as large as they may be (those with the word in their
 * name) given to a server with its own limits; `-- figures [WORD]`: every figure of server/SECURITY.md, of the files those with
 * the word in their name. Prints the figures and every fault; ends with 1 where there is one.
 */
import { spawnSync } from 'node:child_process'
import { fuzzApi } from './api-fuzz.ts'
import { fuzzExtractor } from './extractor-fuzz.ts'
import { printFigures } from './figures.ts'
import { attackImports } from './imports.ts'
import { randomOf } from './random.ts'
import { killCopying, killServer } from './kill.ts'

/** All attacks of the tests together take minutes, on a busy machine half an hour; in milliseconds. */
const FIGURES_PATIENCE = 3_600_000

const [what, count, seedWord] = process.argv.slice(2)
const seed = Number(seedWord ?? 14)
const times = (usual: number) => Number(count ?? usual)

function report(attack: string, { faults, ...figures }: { faults: unknown[] } & Record<string, unknown>): void {
  printFigures(attack, { ...(figures as Record<string, number>), faults: faults.length })
  for (const fault of faults.slice(0, 20)) console.error(JSON.stringify(fault, null, 2))
  if (faults.length > 0) process.exitCode = 1
}

if (what === 'fuzz') {
  const { failures, ...figures } = await fuzzApi(times(64_000), seed)
  report('API fuzz', { ...figures, faults: failures })
} else if (what === 'extract') {
  report('extractor fuzz', { ...fuzzExtractor(times(100_000), randomOf(seed)) })
} else if (what === 'kill') {
  const each = Math.ceil(times(1_000) / 3)
  report('killed backup', { ...(await killCopying('backup', each, randomOf(seed))) })
  report('killed restore', { ...(await killCopying('restore', each, randomOf(seed))) })
  report('killed server', { ...(await killServer(each, randomOf(seed))) })
} else if (what === 'imports') {
  report('imports', { ...(await attackImports(count ?? '')) })
} else if (what === 'figures') {
  const tests = spawnSync('npx', ['vitest', 'run', '--config', 'tests/vitest.config.ts', 'tests/attack'], {
    encoding: 'utf8',
    timeout: FIGURES_PATIENCE,
    maxBuffer: Infinity, // the tests print much: a run that is cut off tells nothing
    env: { ...process.env, NO_COLOR: '1' },
  })
  for (const line of tests.stdout.split('\n')) if (/^attack: |^ +Tests /.test(line)) console.log(line)
  if (tests.status !== 0) {
    console.error(tests.stdout.slice(Math.max(0, tests.stdout.indexOf('Failed Tests'))), tests.stderr)
    process.exitCode = 1
  }
  report('imports', { ...(await attackImports(count ?? '')) })
} else {
  console.error('say which attack: npm run attack -- fuzz|extract|kill|imports|figures [COUNT] [SEED]')
  process.exitCode = 1
}
