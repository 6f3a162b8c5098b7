/**
 * Makes the demo's files from `source/`. Their results are committed, so nobody who runs the demo needs this.
 *   npx tsx seeds/build.ts            documents/*.txt, gold/*.jsonl, results/*.json
 *   npx tsx seeds/build.ts office     also documents/*.docx and *.pdf (needs Chromium with a CJK font)
 *   npx tsx seeds/build.ts ledger     ledgers/*.xlsx alone
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goldOf } from './build/gold.ts'
import { LEDGER_NAME, ledgerWorkbook } from './build/ledger.ts'
import { docxOf, pdfOf } from './build/office.ts'
import { render } from './build/render.ts'
import { parseSource, type Source } from './build/source.ts'
import { numberOrders, tracksOf } from './build/results/index.ts'
import { SEEDS_DIR } from './load.ts'
import { type SeedFile, type SeedPerson, type SeedTrack, type SeedUnit } from './schema.ts'

/** Every source, in the order of names. */
export function readSources(): Source[] {
  const folder = join(SEEDS_DIR, 'source')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => parseSource(name.slice(0, -'.txt'.length), readFileSync(join(folder, name), 'utf8')))
}

const json = <T>(name: string): T => JSON.parse(readFileSync(join(SEEDS_DIR, name), 'utf8')) as T

/** One report a line, and nothing that the schema assumes anyway, so that the files stay small and differences readable. */
function compact(track: SeedTrack): string {
  const brief = (value: object) =>
    JSON.stringify(value, (_key, v: unknown) => (v === null || (Array.isArray(v) && v.length === 0) ? undefined : v))
  const { reports, target, ...rest } = track
  const lines = reports.map(({ source, asOf, value, status, submittedAt, ...more }) => {
    const kept = brief({ ...more, ...(source === 'unit' ? {} : { source }) }).slice(1)
    return `    ${JSON.stringify({ asOf, value, status, submittedAt }).slice(0, -1)},${kept}`
  })
  return `{ "target": ${JSON.stringify(target)},\n  ${brief(rest).slice(1, -1)}, "reports": [${lines.length ? `\n${lines.join(',\n')}\n  ` : ''}]}`
}

/** The invented results of all sources. */
export function makeTracks(sources: Source[]): Map<string, SeedTrack[]> {
  const house = { units: json<SeedUnit[]>('units.json'), people: json<{ people: SeedPerson[] }>('people.json').people }
  const files = json<SeedFile[]>('files.json')
  const tracks = new Map(
    sources.map((source) => {
      const file = files.find((f) => f.file === `${source.name}.${source.format}`)
      if (!file) throw new Error(`files.json does not name ${source.name}`)
      return [source.name, tracksOf(source, file, house)]
    }),
  )
  numberOrders([...tracks.values()].flat())
  return tracks
}

async function main(): Promise<void> {
  if (process.argv.includes('ledger')) {
    mkdirSync(join(SEEDS_DIR, 'ledgers'), { recursive: true })
    return writeFileSync(join(SEEDS_DIR, 'ledgers', LEDGER_NAME), await ledgerWorkbook())
  }
  const office = process.argv.includes('office')
  const sources = readSources()
  for (const folder of ['documents', 'gold', 'results']) mkdirSync(join(SEEDS_DIR, folder), { recursive: true })
  for (const source of sources) {
    const file = join(SEEDS_DIR, 'documents', `${source.name}.${source.format}`)
    if (source.format === 'txt') {
      const rendered = render(source)
      writeFileSync(file, rendered.text)
      const gold = goldOf(source, rendered)
        .map((entry) => JSON.stringify(entry))
        .join('\n')
      writeFileSync(join(SEEDS_DIR, 'gold', `${source.name}.jsonl`), `${gold}\n`)
    } else if (office) writeFileSync(file, source.format === 'docx' ? await docxOf(source) : await pdfOf(source))
  }
  for (const [name, tracks] of makeTracks(sources)) {
    if (tracks.length > 0)
      writeFileSync(join(SEEDS_DIR, 'results', `${name}.json`), `[\n${tracks.map(compact).join(',\n')}\n]\n`)
  }
}

if (process.argv[1]?.endsWith('build.ts')) await main()
