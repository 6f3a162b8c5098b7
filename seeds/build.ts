/**
 * Makes the demo's files from `source/`. Their results are committed, so nobody who runs the demo needs this.
 *   npx tsx seeds/build.ts            documents/*.txt, gold/*.jsonl, results/*.json
 *   npx tsx seeds/build.ts office     also documents/*.docx and *.pdf (needs Chromium with a CJK font)
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { goldOf } from './build/gold.ts'
import { docxOf, pdfOf } from './build/office.ts'
import { render } from './build/render.ts'
import { parseSource, type Source } from './build/source.ts'
import { SEEDS_DIR } from './load.ts'

/** Every source, in the order of names. */
export function readSources(): Source[] {
  const folder = join(SEEDS_DIR, 'source')
  return readdirSync(folder).filter((name) => name.endsWith('.txt')).sort()
    .map((name) => parseSource(name.slice(0, -'.txt'.length), readFileSync(join(folder, name), 'utf8')))
}

async function main(): Promise<void> {
  const office = process.argv.includes('office')
  const sources = readSources()
  for (const folder of ['documents', 'gold', 'results']) mkdirSync(join(SEEDS_DIR, folder), { recursive: true })
  for (const source of sources) {
    const file = join(SEEDS_DIR, 'documents', `${source.name}.${source.format}`)
    if (source.format === 'txt') {
      const rendered = render(source)
      writeFileSync(file, rendered.text)
      const gold = goldOf(source, rendered).map((entry) => JSON.stringify(entry)).join('\n')
      writeFileSync(join(SEEDS_DIR, 'gold', `${source.name}.jsonl`), `${gold}\n`)
    } else if (office) writeFileSync(file, source.format === 'docx' ? await docxOf(source) : await pdfOf(source))
  }
}

if (process.argv[1]?.endsWith('build.ts')) await main()
