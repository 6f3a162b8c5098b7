import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ImportForms } from '../../web/src/api/types.ts'
import { faultOf } from '../../web/src/pages/documents/file-faults.ts'
import { stackMarks } from '../../web/src/reading/margin.ts'
import { blockAtShare, shares } from '../../web/src/reading/extents.ts'
import { cleanStyle } from '../../web/src/reading/original/clean-docx.ts'
import { GAP, mapPages, MARGIN, pageAt } from '../../web/src/reading/original/page-map.ts'
import { findPassage, lettersOf, pagePassages, passageOf } from '../../web/src/reading/original/passage.ts'
import { isChosen, stageOf } from '../../web/src/reading/stages.ts'

describe('words of a finding in the original', () => {
  const place = (original: string, text: string, words: string, from = 0) => {
    const start = text.indexOf(words, from)
    const letters = lettersOf(original)
    const found = findPassage(letters.text, passageOf(text, start, start + words.length))
    return found && original.slice(letters.at[found.from], letters.at[found.to - 1]! + 1)
  }

  it('are found whatever blanks, line breaks and full-width forms stand between', () => {
    expect(place('普及率达到 ９５\n％ 以上', '普及率达到95%以上', '95%以上')).toBe('９５\n％ 以上')
  })

  it('are told apart by what stands around them', () => {
    const text = '甲项达到60%以上。乙项达到60%以上。'
    const second = findPassage(
      lettersOf(text).text,
      passageOf(text, text.lastIndexOf('60%'), text.lastIndexOf('60%') + 3),
    )
    expect(second?.from).toBe(text.lastIndexOf('60%'))
  })

  it('are found where a printer wrote radicals for characters', () => {
    expect(place('完成⼯作，见⺫标', '完成工作，见目标', '目标')).toBe('⺫标')
    expect(place('⼯作', '工作', '工作')).toBe('⼯作')
  })

  it('are not found where they are not', () => {
    expect(place('别的话', '达到60%', '60%')).toBe(null)
  })

  it('stand on the pages that form feeds part', () => {
    const text = '第三页末尾达到\n\f\n60%以上。\n\f\n末页'
    const start = text.indexOf('达到')
    expect(pagePassages(text, 3, start, text.indexOf('以上')).map(({ page, words }) => [page, words.trim()])).toEqual([
      [3, '达到'],
      [4, '60%'],
    ])
    expect(pagePassages(text, 3, text.indexOf('末页'), text.length)[0]).toMatchObject({
      page: 5,
      before: '\n',
      near: 0,
    })
  })

  it('are always found in the very text they come from', () => {
    const unit = fc.constantFrom('甲', '乙', '1', '%', ' ', '\n', '。', '１')
    fc.assert(
      fc.property(
        fc.string({ unit, minLength: 1, maxLength: 60 }),
        fc.nat(59),
        fc.integer({ min: 1, max: 10 }),
        (text, at, length) => {
          const start = at % text.length
          const words = text.slice(start, start + length)
          if (lettersOf(words).text === '') return
          const found = findPassage(lettersOf(text).text, passageOf(text, start, start + words.length))
          expect(found && lettersOf(text).text.slice(found.from, found.to)).toBe(lettersOf(words).text)
        },
      ),
    )
  })
})

describe('pages one under the other', () => {
  const sizes = [
    { width: 800, height: 1000 },
    { width: 1600, height: 1000 },
    { width: 800, height: 1000 },
  ]
  it('each as wide as there is room, or all at one zoom', () => {
    const fit = mapPages(sizes, null, 832)
    expect(fit.scales).toEqual([1, 0.5, 1])
    expect(fit.tops).toEqual([MARGIN, MARGIN + 1000 + GAP, MARGIN + 1500 + 2 * GAP])
    // The photo of a telephone, in a pane as narrow as half of the page.
    expect(mapPages([{ width: 3000, height: 4000 }], null, 632).width).toBe(632)
    expect(mapPages(sizes, 0.5, 832).scales).toEqual([0.5, 0.5, 0.5])
    expect(mapPages(sizes, 2, 832).width).toBe(3200 + 2 * MARGIN)
  })

  it('are found by their height', () => {
    const map = mapPages(sizes, 1, 900)
    for (const [index, top] of map.tops.entries())
      expect([pageAt(map, top), pageAt(map, top + 1000)]).toEqual([index, index])
    expect([pageAt(map, -5), pageAt(map, 1e9)]).toEqual([0, 2])
  })
})

describe('marks in the margin', () => {
  it('stand beside their lines, share a line, and push each other down where there is no room', () => {
    expect(stackMarks([0, 1, 2, 30], 2, 24)).toEqual({
      places: [
        { column: 0, y: 0 },
        { column: 1, y: 0 },
        { column: 0, y: 24 },
        { column: 0, y: 48 },
      ],
      bottom: 72,
    })
  })

  it('never lie one over the other', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 4 }),
        (raw, columns) => {
          const { places } = stackMarks(
            [...raw].sort((a, b) => a - b),
            columns,
            24,
          )
          for (const [i, a] of places.entries())
            for (const b of places.slice(i + 1)) expect(a.column !== b.column || Math.abs(a.y - b.y) >= 24).toBe(true)
        },
      ),
    )
  })

  it('tell five steps apart; what was dropped comes only when asked for', () => {
    expect(
      ['extracted', 'confirmed', 'reported', 'suspended', 'closed', 'dropped'].map((state) => stageOf(state as 'met')),
    ).toEqual(['candidate', 'confirmed', 'assigned', 'assigned', 'met', 'dropped'])
    const dropped = { kind: 'duty', state: 'dropped' } as const
    expect([
      isChosen(dropped, { kinds: [], stages: [] }),
      isChosen(dropped, { kinds: [], stages: ['dropped'] }),
      isChosen(dropped, { kinds: ['quantity'], stages: ['dropped'] }),
    ]).toEqual([false, true, false])
  })
})

describe('the strip', () => {
  it('finds the paragraph at a share of the whole', () => {
    const edges = shares([100, 300, 100])
    expect(edges).toEqual([0, 0.2, 0.8, 1])
    expect([0, 0.19, 0.2, 0.79, 0.8, 1].map((share) => blockAtShare(edges, share))).toEqual([0, 0, 1, 1, 2, 2])
    expect([shares([]), blockAtShare(shares([]), 0.5)]).toEqual([[1], 0])
  })
})

describe('styles of a Word document', () => {
  it('fetch nothing and stand over nothing', () => {
    expect(
      cleanStyle(
        'a{background:url(http://x/y.png);position: fixed}@import "z";b{c:url("blob:q")}@font-face{src:url(x)}',
      ),
    ).toBe('a{background:none;position:static}b{c:url("blob:q")}')
  })
})

describe('a file before it is sent', () => {
  const accepted: ImportForms = {
    forms: [
      { id: 'pdf', title: 'pdf', endings: ['.pdf'], isDrawn: true },
      { id: 'txt', title: 'txt', endings: ['.txt', '.text'], isDrawn: false },
    ],
    batchEndings: ['.zip'],
    maxFileBytes: 50 * 1024 * 1024,
    maxFiles: 200,
  }
  it.each([
    ['a.exe', 1, '请选择 pdf、txt 文件'],
    ['a.pdf', 60_000_000, '50 MB'],
    ['a.txt', 0, '空文件'],
  ])('%s of %i bytes: %s', (name, size, words) => {
    expect(faultOf({ name, size }, accepted)).toContain(words)
  })

  it('is let through where nothing is wrong, with or without an extension', () => {
    expect(['规划.PDF', '规划'].map((name) => faultOf({ name, size: 1 }, accepted))).toEqual([null, null])
  })

  it('is left to the server as long as that has not told what it takes', () => {
    expect(faultOf({ name: 'a.exe', size: 1 }, null)).toBeNull()
  })
})
