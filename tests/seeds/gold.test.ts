import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { makeTracks, readSources } from '../../seeds/build.ts'
import { goldOf } from '../../seeds/build/gold.ts'
import { render } from '../../seeds/build/render.ts'
import { unitByName } from '../../seeds/build/results/track.ts'
import { loadSeeds, SEEDS_DIR } from '../../seeds/load.ts'
import { findQuote } from '../../seeds/match.ts'
import { seedTracks } from '../../seeds/schema.ts'
import { readDocument } from '../../server/readers/index.ts'
import { corpusFolder } from '../score/corpus.ts'

interface Gold {
  kind: 'range' | 'quantity' | 'milestone' | 'duty'
  doc: string
  line: number
  from: number
  to: number
  text: string
  value?: number | [number, number]
  op?: string
  deadline: string | null
  lead: string[]
  responsible: string[]
  support: string[]
}

const sources = readSources()
const texts = sources.filter((s) => s.format === 'txt')
const goldFile = (name: string) =>
  readFileSync(join(SEEDS_DIR, 'gold', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l) as Gold)
const squeeze = (text: string) => text.replace(/\s/gu, '')
const half = (text: string) => text.replace(/[\uFF01-\uFF5E]/gu, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))

/** Values that the documents write in words. */
const WORDS: Record<string, string> = {
  100: '全覆盖',
  80: '百分之八十',
  2000: '两千',
  2: '翻一番|两倍',
  3000: '三千',
  0: '零',
  66.67: '三分之二',
  0.5: '半',
}

describe.each(texts.map((s) => [s.name, s] as const))('annotations of %s', (name, source) => {
  const gold = goldFile(name)
  const lines = readFileSync(join(SEEDS_DIR, 'documents', `${name}.txt`), 'utf8').split('\n')

  it('are what the source says, and so is the document', () => {
    const rendered = render(source)
    expect(lines.join('\n')).toBe(rendered.text)
    expect(gold).toEqual(JSON.parse(JSON.stringify(goldOf(source, rendered))))
  })

  it('quote words that stand at their line, with the value in them', () => {
    for (const item of gold.filter((g) => g.kind === 'quantity' || g.kind === 'milestone')) {
      // The quotation may begin in a line before and end in a line after; page heads may stand between.
      const around = squeeze(lines.slice(Math.max(0, item.line - 3), item.line + 2).join(''))
      expect(item.text.length, item.text).toBeLessThanOrEqual(24)
      expect(around, `${item.line}`).toContain(item.text)
      if (item.kind === 'milestone') continue
      const text = half(item.text)
      for (const value of [item.value ?? []].flat()) {
        const written = text.includes(String(value)) || new RegExp(WORDS[String(value)] ?? '^$', 'u').test(text)
        expect(written, `${item.text} has ${value}`).toBe(true)
        const first = half(lines[item.line - 1] ?? '')
        expect(
          first.includes(String(value).slice(0, 1)) || /[一二三四五六七八九十百零两全翻半]/u.test(first),
          `line ${item.line}`,
        ).toBe(true)
      }
      if (item.op === 'range') expect(item.value).toHaveLength(2)
    }
  })

  it('lie in the range of their document, and the ranges cover the file', () => {
    const ranges = gold.filter((g) => g.kind === 'range')
    expect(ranges[0]?.from).toBe(1)
    ranges.slice(1).forEach((r, i) => expect(r.from).toBe((ranges[i]?.to ?? 0) + 1))
    for (const item of gold.filter((g) => g.kind !== 'range')) {
      const range = ranges.find((r) => r.doc === item.doc)
      expect(range && item.line >= range.from && item.line <= range.to, JSON.stringify(item)).toBe(true)
    }
  })
})

const seeds = loadSeeds()

describe('all annotations', () => {
  const all = texts.flatMap((s) => goldFile(s.name))
  const notes = sources.flatMap((s) => s.notes)

  it('are as many as the issue asks for', () => {
    expect(notes.filter((n) => n.kind !== 'duty' && !n.optional).length).toBeGreaterThanOrEqual(200)
    expect(all.filter((g) => g.kind === 'duty').length).toBeGreaterThanOrEqual(60)
  })

  it('name only units that units.json knows', () => {
    const unknown = notes
      .flatMap((n) => [...n.lead, ...n.responsible, ...n.support])
      .filter((name) => !unitByName(seeds.units, name))
    expect([...new Set(unknown)]).toEqual([])
  })

  it('have deadlines that exist', () => {
    for (const { deadline } of all) {
      if (deadline) expect(new Date(`${deadline}T00:00:00Z`).toISOString().slice(0, 10)).toBe(deadline)
    }
  })

  it('use the ways of writing that the extraction has to know', () => {
    const has = (test: (n: (typeof notes)[number]) => boolean) => expect(notes.some(test)).toBe(true)
    for (const op of ['>=', '<=', '~', 'range']) has((n) => n.kind === 'quantity' && n.op === op)
    for (const measure of ['level', 'growth', 'reduction', 'multiple'])
      has((n) => n.kind === 'quantity' && n.measure === measure)
    for (const basis of ['explicit', 'inherited', 'document', 'none']) has((n) => n.basis === basis)
    has((n) => n.kind === 'quantity' && n.unit === '百分点')
    has((n) => n.kind === 'quantity' && n.value === 0)
    has((n) => n.kind === 'quantity' && n.baseline?.value != null)
  })
})

describe('the results', () => {
  it('are what the rule and the seed give', () => {
    for (const [name, made] of makeTracks(sources)) {
      const path = join(SEEDS_DIR, 'results', `${name}.json`)
      if (made.length === 0) expect(existsSync(path), name).toBe(false)
      else expect(seedTracks.parse(JSON.parse(readFileSync(path, 'utf8'))), name).toEqual(seedTracks.parse(made))
    }
  })
})

describe('the docx and the pdf', () => {
  it.each(sources.filter((s) => s.format !== 'txt').map((s) => [`${s.name}.${s.format}`, s] as const))(
    '%s holds every word of its source',
    async (fileName, source) => {
      const { text, format } = await readDocument({
        bytes: readFileSync(join(SEEDS_DIR, 'documents', fileName)),
        fileName,
      })
      expect(format).toBe(source.format)
      const words = squeeze(text).replace(/—\d+—/gu, '')
      expect(words).toBe(squeeze(source.text))
    },
  )
})

describe('the quotation of every track', () => {
  it.each(seeds.files.map((f) => [f.file, f] as const))('stands once in %s as it is read', async (fileName, file) => {
    const { text } = await readDocument({ bytes: readFileSync(join(SEEDS_DIR, 'documents', fileName)), fileName })
    for (const { target } of seeds.tracks.filter((t) => file.documents.some((d) => d.number === t.target.document))) {
      const found = findQuote(text, target.quote)
      expect(found, target.quote).not.toBeNull()
      const { start, end } = found ?? { start: 0, end: 0 }
      expect(half(squeeze(text.slice(start, end)))).toBe(half(squeeze(target.quote)))
      expect(findQuote(text.slice(end), target.quote), target.quote).toBeNull()
    }
  })
  it('is not found where it does not stand', () => expect(findQuote('达到８０％', '达到90%')).toBeNull())
})

const corpus = corpusFolder()

describe.skipIf(corpus === null)('against the real gazettes', () => {
  it('no sentence of 20 or more characters is theirs', () => {
    const folder = join(corpus ?? '', 'seeds')
    const real = readdirSync(folder)
      .filter((f) => f.endsWith('.txt'))
      .map((f) => half(squeeze(readFileSync(join(folder, f), 'utf8'))).replace(/[()〔〕[\]]/gu, ''))
      .join('\n')
    const sentences = sources
      .flatMap((s) => s.text.split(/[。；：\n]/u))
      .map((s) => half(squeeze(s)).replace(/[()〔〕[\]]/gu, ''))
    const long = sentences.filter((s) => s.length >= 20)
    expect(long.length).toBeGreaterThan(100)
    expect(long.filter((s) => real.includes(s))).toEqual([])
  })
})
