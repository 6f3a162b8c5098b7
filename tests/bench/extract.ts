/**
 * How fast the extractors read, how their time grows, and how fast the one npm package that reads Chinese numbers and
 * dates reads the same text in the same run: `npx tsx tests/bench/extract.ts [-- --large]`. The texts are those of the
 * corpus (CORPUS_DIR or ../shared) where there is one, else the demo's. `--large` also reads 50 MB.
 */
import { fileURLToPath } from 'node:url'
import Recognizers from '@microsoft/recognizers-text-suite'
import { extract } from '../../extractors/extract.ts'
import { corpusFolder, corpusIn, DEMO, readCorpus } from '../score/corpus.ts'

/** Characters a second the extractors must reach on one core: the cost follows the targets, which stand closest in the demo. */
const LEAST_SPEED = { corpus: 1_500_000, demo: 300_000 } as const
/** What ten times the text may cost of the time of once the text. */
export const MOST_GROWTH = 11

/** Characters read before the first run that counts: the compiler of the machine's code needs them, the fewer the texts the more often. */
const WARM_UP = 1_500_000
/** The best of so many runs counts: other work on the machine only ever makes a run slower. */
const RUNS = 7
/** Ten times the text is timed against ten readings of the text, in turns: both last as long and meet the same other work. */
const GROWTH_ROUNDS = 7
/** The other package reads some thousand characters a second: a part of the text is enough to time it. */
const OTHERS_SHARE = 20_000
const LARGE_BYTES = 50_000_000

export interface ExtractBench {
  /** Which texts were read. */
  read: keyof typeof LEAST_SPEED
  texts: number
  characters: number
  /** Characters a second. */
  speed: number
  /** What it must reach. */
  leastSpeed: number
  /** Time of ten times the text over time of once the text. */
  growth: number
  /** Seconds for 50 MB over what the speed promises; null where not measured. */
  large: { seconds: number; speed: number } | null
  /** Characters a second of @microsoft/recognizers-text-suite: numbers, percentages and dates. */
  recognizers: number
}

/** Measures; takes some seconds, with `large` about a minute. Deterministic but for the clock. */
export function benchExtract({ large = false } = {}): ExtractBench {
  const folder = corpusFolder()
  const read = folder ? 'corpus' : 'demo'
  const texts = readCorpus(folder ? corpusIn(folder) : DEMO).map(({ raw }) => raw)
  const all = texts.join('\n\n')
  const tenfold = Array.from({ length: 10 }, () => all).join('\n\n')
  const readAll = () => texts.forEach((text) => extract(text))
  const characters = texts.reduce((sum, text) => sum + text.length, 0)
  for (let seen = 0; seen < WARM_UP; seen += characters) readAll()
  const seconds = best(() => time(readAll))
  const growth = median(
    Array.from({ length: GROWTH_ROUNDS }, () => {
      const apart = time(() => {
        for (let run = 0; run < 10; run++) extract(all)
      })
      return (10 * time(() => extract(tenfold))) / apart
    }),
  )
  return {
    read,
    leastSpeed: LEAST_SPEED[read],
    texts: texts.length,
    characters,
    speed: characters / seconds,
    growth,
    large: large ? readLarge(all) : null,
    recognizers: recognizersSpeed(all),
  }
}

function readLarge(all: string): { seconds: number; speed: number } {
  const text = Array.from({ length: Math.ceil(LARGE_BYTES / Buffer.byteLength(all)) }, () => all).join('\n\n')
  const seconds = time(() => extract(text))
  return { seconds, speed: text.length / seconds }
}

/** Line by line: given a whole file at once the package takes far longer still. */
function recognizersSpeed(all: string): number {
  const lines = all.slice(0, OTHERS_SHARE).split('\n')
  const { Chinese } = Recognizers.Culture
  const seconds = best(
    () =>
      time(() => {
        for (const line of lines) {
          Recognizers.recognizeNumber(line, Chinese)
          Recognizers.recognizePercentage(line, Chinese)
          Recognizers.recognizeDateTime(line, Chinese)
        }
      }),
    3,
  )
  return OTHERS_SHARE / seconds
}

/**
 * Seconds the work takes of one core: by the clock, or by the processor time of the whole process where that is less,
 * as other work on the machine lengthens the one and the collector's own threads the other.
 */
function time(work: () => unknown): number {
  const start = process.hrtime.bigint()
  const used = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(used)
  return Math.min(Number(process.hrtime.bigint() - start) / 1e9, (user + system) / 1e6)
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number
const best = (measure: () => number, runs = RUNS): number => Math.min(...Array.from({ length: runs }, measure))

/** The figures for people, with what is asked of them. */
export function extractReport({
  read,
  leastSpeed,
  texts,
  characters,
  speed,
  growth,
  large,
  recognizers,
}: ExtractBench): string {
  const count = (value: number) => Math.round(value).toLocaleString('en')
  return [
    `extraction, ${read}, ${texts} texts of ${count(characters)} characters, best of ${RUNS} warm runs`,
    `  characters a second                 ${count(speed)} (at least ${count(leastSpeed)})`,
    `  time for 10 x the text              ${growth.toFixed(2)} x (at most ${MOST_GROWTH})`,
    ...(large
      ? [
          `  50 MB                               ${large.seconds.toFixed(1)} s, ${count(large.speed)} characters a second`,
        ]
      : []),
    `  @microsoft/recognizers-text-suite   ${count(recognizers)} characters a second, ${count(speed / recognizers)} x slower`,
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const result = benchExtract({ large: process.argv.includes('--large') })
  console.log(extractReport(result))
  if (result.speed < result.leastSpeed || result.growth > MOST_GROWTH) process.exitCode = 1
}
