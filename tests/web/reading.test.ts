import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toBlocks } from '../../web/src/reading/blocks.ts'
import { readLines } from '../../web/src/reading/lines.ts'
import { byBlock, columnTracks, toRuns } from '../../web/src/reading/runs.ts'

const WIDE = '健全覆盖城乡的公共就业服务体系，加强职业技能'
const wrapped = [
  '一、总体要求',
  `${WIDE}`,
  `培训${WIDE.slice(2)}`,
  '力争实现稳定就业。',
  '（一）主要目标。到２０２７年，城镇新增就',
  '业５万人以上。',
].join('\n\n')

const shown = (text: string) =>
  toBlocks(text).map((block) => ({
    kind: block.kind,
    text: toRuns(block, [])
      .map((run) => run.text)
      .join(''),
  }))

describe('paragraphs', () => {
  it('join hard-wrapped lines and keep headings apart', () => {
    expect(shown(wrapped)).toEqual([
      { kind: 'heading', text: '一、总体要求' },
      { kind: 'text', text: `${WIDE}培训${WIDE.slice(2)}力争实现稳定就业。` },
      { kind: 'text', text: '（一）主要目标。到２０２７年，城镇新增就业５万人以上。' },
    ])
  })

  it('keep a page number in mid-sentence inside its paragraph, marked as furniture', () => {
    const text = `${WIDE}\n— 12 —\n${WIDE}\n结束。`
    const [block] = toBlocks(text)
    expect(toBlocks(text)).toHaveLength(1)
    expect(
      toRuns(block!, [])
        .filter((run) => run.furniture)
        .map((run) => run.text),
    ).toEqual(['— 12 —'])
  })

  it('mark running heads that come back', () => {
    const page = (n: number) => `临江市人民政府公报\n${n}\n${WIDE.slice(n)}\n正文${'甲乙丙'.charAt(n)}。`
    expect(readLines([0, 1, 2].map(page).join('\n')).filter((line) => line.furniture)).toHaveLength(6)
  })

  it('show Markdown headings without their signs', () => {
    expect(shown('### 六、保障措施\n\n内容不变。')[0]).toEqual({ kind: 'heading', text: '六、保障措施' })
  })

  it('put a space between Latin words of two lines', () => {
    expect(shown(`${WIDE.slice(0, 20)}，GDP\nper capita 不低于全国平均。`)[0]?.text).toContain('GDP per capita')
  })
})

describe('findings in the text', () => {
  it('fall on exactly their words, across a line break too', () => {
    const text = '到2027年，全市装配式建筑占新建建筑的比例\n达到30%以上。'
    const start = text.indexOf('比例')
    const end = text.indexOf('以上')
    const blocks = toBlocks(text)
    const marked = byBlock(blocks, [{ id: 7, start, end }])
    const runs = blocks.flatMap((block, index) => toRuns(block, marked[index]!))
    expect(
      runs
        .filter((run) => run.ids.includes(7))
        .map((run) => run.text)
        .join(''),
    ).toBe('比例达到30%')
  })

  it('are cut where asked for, such as at the ends of a clause', () => {
    const [block] = toBlocks('甲。乙。丙。')
    expect(toRuns(block!, [], [2, 4]).map((run) => run.text)).toEqual(['甲。', '乙。', '丙。'])
  })

  it('never change a letter: every run is the raw text at its place', () => {
    const line = fc.string({
      unit: fc.constantFrom('，', '。', '到', '2', '0', '年', ' ', '　', '—', '一', '、', 'a', '#', '\t'),
      maxLength: 40,
    })
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(200), fc.nat(30)), { maxLength: 5 }),
        (lines, spans) => {
          const text = lines.join('\n')
          const marked = spans.map(([start, length], id) => ({ id: id + 1, start, end: start + length }))
          const blocks = toBlocks(text)
          const of = byBlock(blocks, marked)
          const runs = blocks.flatMap((block, index) => toRuns(block, of[index]!)).filter((run) => run.at !== null)
          for (const run of runs) {
            expect(text.slice(run.at!, run.at! + run.text.length)).toBe(run.text)
            const covering = marked
              .filter((one) => one.start < run.at! + run.text.length && one.end > run.at!)
              .map((one) => one.id)
              .sort()
            if (run.text !== '') expect([...run.ids].sort()).toEqual(covering)
          }
          for (let at = 1; at < runs.length; at += 1)
            expect(runs[at]!.at!).toBeGreaterThanOrEqual(runs[at - 1]!.at! + runs[at - 1]!.text.length)
        },
      ),
    )
  })
})

describe('columns of a table', () => {
  it('keep short words whole beside long ones, and never ask for more than there is', () => {
    const row = (...cells: string[]) => ({ kind: 'row', lines: [{ text: cells.join('\t') }] })
    const [tracks, none] = columnTracks([
      row('1', '修缮堤防并排查沿线各类隐患', '市水利局'),
      { kind: 'paragraph', lines: [] },
    ])
    expect(tracks).toBe('minmax(min(2.2em, 30%), 3fr) minmax(min(5.2em, 30%), 13fr) minmax(min(5.2em, 30%), 4fr)')
    expect(none).toBeNull()
  })
})
