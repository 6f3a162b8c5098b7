/**
 * `npm run attack -- fuzz [CALLS] [SEED]`, `-- extract [TEXTS] [SEED]`, `-- kill [TIMES] [SEED]`: the attacks of the tests as
 * often as one likes. Prints the figures and every fault; ends with 1 where there is one.
 */
import { fuzzApi, randomOf } from './api-fuzz.ts'
import { fuzzExtractor } from './extractor-fuzz.ts'
import { printFigures } from './figures.ts'
import { killCopying, killServer } from './kill.ts'

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
} else {
  console.error('say which attack: npm run attack -- fuzz|extract|kill [COUNT] [SEED]')
  process.exitCode = 1
}
