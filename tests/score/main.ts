/**
 * `npm run score` – scores the extractors on the demo's documents; with CORPUS_DIR=<folder holding seeds/ and gold/> on that corpus.
 *   -- --misses N   also what was missed, found in excess or read wrongly, N of each
 *   -- --json       the figures as JSON
 *   -- --raise      lifts the floors in tests/score-floor.json to what was reached
 */
import { parseArgs } from 'node:util'
import { extract } from '../../extractors/extract.ts'
import { corpusFolder, corpusIn, DEMO, readCorpus } from './corpus.ts'
import { below, floorOf, raised, readFloors, writeFloors } from './floor.ts'
import { mistakes, table } from './report.ts'
import { score } from './score.ts'

const { values: options } = parseArgs({
  options: {
    misses: { type: 'string', default: '0' },
    json: { type: 'boolean', default: false },
    raise: { type: 'boolean', default: false },
  },
})

const wanted = process.env['CORPUS_DIR']
const folder = wanted === undefined ? null : corpusFolder()
if (wanted !== undefined && folder === null) {
  console.error(`CORPUS_DIR is ${wanted}, but there are no folders seeds/ and gold/ in it`)
  process.exit(2)
}

const texts = readCorpus(folder === null ? DEMO : corpusIn(folder)).map((text) => ({
  ...text,
  prediction: extract(text.raw),
}))
const result = score(texts)
if (options.json) {
  console.log(JSON.stringify({ ...result.figures, attributes: result.attributes }, null, 1))
} else {
  console.log(`${texts.length} annotated texts in ${folder ?? 'seeds/'}\n${table(result)}`)
  const most = Number(options.misses)
  if (most > 0) console.log(mistakes(result, most))
}

const floors = readFloors()
const floor = floorOf(
  floors,
  texts.map(({ name }) => name),
)
if (floor !== null && options.raise) writeFloors({ ...floors, [floor]: raised(floors[floor], result) })
if (floor !== null && !options.raise) {
  const short = below(floors[floor], result)
  if (short.length > 0) {
    console.error(short.join('\n'))
    process.exitCode = 1
  }
}
