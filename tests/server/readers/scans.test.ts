import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { PNG } from 'pngjs'
import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import type { FoundTarget } from '../../../extractors/types.ts'
import { readDocument } from '../../../server/readers/index.ts'
import { apply } from '../../../server/readers/layout/matrix.ts'
import { corrected, withDashes, withMatchedBrackets, withThousandths } from '../../../server/readers/ocr/correct.ts'
import { shareOfGiven, sizeOf, withoutReadTwice } from '../../../server/readers/ocr/page.ts'
import { newCanvas, straighten, turn } from '../../../server/readers/ocr/canvas.ts'
import { withOneReading } from '../../../server/readers/ocr/one-reading.ts'
import { wordsOf } from '../../../server/readers/ocr/words.ts'
import { pictureAsPdf } from './files.ts'

const fileOf = (name: string) => readFileSync(new URL(`files/${name}`, import.meta.url))
const targetsOf = (text: string) => extract(text).targets.map(comparable).sort()
const comparable = (target: FoundTarget): string =>
  JSON.stringify(
    target.kind === 'quantity'
      ? [target.indicator, target.value, target.unit, target.deadline, target.lead, target.responsible]
      : [target.task, target.deadline, target.lead, target.responsible],
  )
const wanted = async () =>
  targetsOf((await readDocument({ bytes: fileOf('numbered.odt'), fileName: '智慧水利.odt' })).text)

/** The scan as a png, turned clockwise by an angle in degrees, with grains and a shadow over one side. */
async function photo(angle: number): Promise<Buffer> {
  const image = await loadImage(fileOf('scan.jpg'))
  const isSideways = Math.abs(angle % 180) > 45 && Math.abs(angle % 180) < 135
  const canvas = isSideways ? createCanvas(image.height, image.width) : createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate((angle * Math.PI) / 180)
  context.drawImage(image, -image.width / 2, -image.height / 2)
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
  let grain = 1
  for (let i = 0; i < data.length; i += 4) {
    grain = (grain * 16807) % 2147483647
    const shade = 0.65 + (0.35 * ((i / 4) % width)) / width
    for (let c = 0; c < 3; c++) data[i + c] = Math.max(0, Math.min(255, data[i + c]! * shade + (grain % 31) - 15))
  }
  const png = new PNG({ width, height })
  png.data = Buffer.from(data.buffer)
  return PNG.sync.write(png)
}

describe('a scan', () => {
  test('gives the targets of its text, its table too, and where every word stands', async () => {
    const { format, text, pages } = await readDocument({ bytes: fileOf('scan.jpg'), fileName: '智慧水利.jpg' })
    expect(format).toBe('jpg')
    expect(targetsOf(text)).toEqual(await wanted())
    const { toPage, words } = pages![0]!.scan!
    const found = words.filter(({ start }) => start >= text.indexOf('水位监测站') && start < text.indexOf('260个'))
    expect(found.length).toBeGreaterThan(1)
    // The picture is as it was made: its words stand where they were read.
    expect(apply(toPage, 1241, 1754).map((share) => Math.round(share * 1000))).toEqual([1000, 1000])
    for (const { start, end, confidence, box } of words) {
      expect(text.slice(start, end).trim()).not.toBe('')
      expect(confidence).toBeGreaterThan(0)
      expect(box[0] < box[2] && box[1] < box[3]).toBe(true)
      for (const share of [...apply(toPage, box[0], box[1]), ...apply(toPage, box[2], box[3])])
        expect(share > -0.01 && share < 1.01).toBe(true)
    }
  })

  test('in a PDF with a page number in letters is read, page by page, and not again after a restart', async () => {
    const keepDir = mkdtempSync(join(tmpdir(), 'scan-'))
    try {
      const bytes = pictureAsPdf(fileOf('scan.jpg'), { width: 1241, height: 1754, words: '- 1 -' })
      const done: number[] = []
      const read = () =>
        readDocument({ bytes, fileName: '智慧水利.pdf', keepDir, onProgress: (share) => done.push(share) })
      const first = await read()
      expect(first.format).toBe('pdf')
      expect(targetsOf(first.text)).toEqual(await wanted())
      expect(done.at(-1)).toBe(1)
      expect(readdirSync(keepDir).sort()).toEqual(['scan-1.json'])
      const started = process.cpuUsage()
      const second = await read()
      expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2)
      expect(second.text).toBe(first.text)
      expect(second.pages![0]!.scan!.words).toEqual(first.pages![0]!.scan!.words)
    } finally {
      rmSync(keepDir, { recursive: true })
    }
  })

  test.each([
    ['that lies askew', 2.5],
    ['that stands on its head', 180],
    ['on its side', 90],
  ])('on a dim photo %s', async (_, angle) => {
    const { text } = await readDocument({ bytes: await photo(angle), fileName: '照片.png' })
    const [given, text_] = [targetsOf(text), await wanted()]
    expect(given.filter((target) => text_.includes(target)).length / text_.length).toBeGreaterThanOrEqual(0.75)
  })
})

describe('what was read is put right where it is sure', () => {
  const line = (text: string) => [...text].map((one, x) => ({ text: one, confidence: 1, x }))
  test.each([
    ['澄政发【2026】9号', '澄政发〔2026〕9号'],
    ['澄政发（2O26]9号', '澄政发〔2026〕9号'],
    ['到2O28年', '到2028年'],
    ['市水利局,市财政局', '市水利局，市财政局'],
    ['|市水利局|', '市水利局'],
    ['建 设 PH 值', '建设PH值'],
    ['用水量°降低', '用水量降低'],
    ['水温低于18°', '水温低于18°'],
    ['达到9O%，新增1OO个', '达到90%，新增100个'],
    ['增长3。5%，占8·25%', '增长3.5%，占8.25%'],
    ['达到35。2027年底前', '达到35。2027年底前'],
    ['新建5干亩，每干人口3.2人，联系干家万户', '新建5千亩，每千人口3.2人，联系千家万户'],
    ['若干个骨干人才，干部', '若干个骨干人才，干部'],
    ['若千主千道、骨千网络，联系千部，保留千部门类', '若干主干道、骨干网络，联系干部，保留千部门类'],
    ['市水利局~市财政局，3~5天', '市水利局、市财政局，3~5天'],
    ['（三）着力润民心·新建书屋9座·开展讲座', '（三）着力润民心。新建书屋9座，开展讲座'],
    ['二·推动换绿。入园率90%以上·食堂达标', '二、推动换绿。入园率90%以上，食堂达标'],
    ['一，主要目标：二，推动转型', '一、主要目标：二，推动转型'],
    ['举办“澄江·夜读”活动', '举办“澄江·夜读”活动'],
    ['区水务局～区交通局，5～8天', '区水务局、区交通局，5～8天'],
    ['婴几照护丶孤几救助，学龄几童，几个儿童', '婴儿照护、孤儿救助，学龄儿童，几个儿童'],
    ['小微货款余额，货款增速，收回货款', '小微贷款余额，贷款增速，收回货款'],
    ['保障性租货住房，货运', '保障性租赁住房，货运'],
    ['改造老日小区，以日换新，节假日照常', '改造老旧小区，以旧换新，节假日照常'],
    ['新建污水处理广2座、标准广房，推广运用', '新建污水处理厂2座、标准厂房，推广运用'],
  ])('%s', (given, expected) =>
    expect(
      corrected(line(given))
        .map(({ text }) => text)
        .join(''),
    ).toBe(expected),
  )
  test.each([
    ['一一人均预期寿命', 0, '——人均预期寿命'],
    ['一每千人口医师数', -14, '——每千人口医师数'],
    ['一是健全制度', -5, '一是健全制度'],
    ['逐项一一对应', -5, '逐项一一对应'],
  ])('dashes: %s', (given, left, expected) => {
    const read = withDashes(
      [...given].map((text, i) => ({ text, confidence: 1, x: i * 10 })),
      left,
    )
    expect(read.map(({ text }) => text).join('')).toBe(expected)
  })
  test.each([
    ['婴儿死亡率控制在3%以内，参保率95%', '婴儿死亡率控制在3‰以内，参保率95%'],
    ['6\t5岁以下儿童死亡率\t%\t4.1\n7\t覆盖率\t%', '6\t5岁以下儿童死亡率\t‰\t4.1\n7\t覆盖率\t%'],
    ['新生儿死亡率下降8%，下降到2%', '新生儿死亡率下降8%，下降到2%'],
    ['新生儿死亡率下降到2%', '新生儿死亡率下降到2‰'],
  ])('thousandths: %s', (given, expected) => expect(withThousandths(given)).toBe(expected))
  test.each([
    ['〔市水利局（牵头）负责）', '（市水利局（牵头）负责）'],
    ['【2026）5号', '〔2026〕5号'],
    ['（一）【甲】', '（一）【甲】'],
    ['甲）乙', '甲）乙'],
  ])('brackets: %s', (given, expected) => expect(withMatchedBrackets(given)).toBe(expected))
})

test('a short line is found after the line above it, each once', () => {
  const at = (text: string, top: number, left = 0) => ({
    text,
    characters: [...text].map((one, i) => ({ text: one, confidence: 0.9, x: left + i * 10 + 5 })),
    left,
    right: left + text.length * 10,
    top,
    bottom: top + 10,
  })
  const text = '覆盖率\t%\t85\n监测站\t%\t85\n'
  const lines = [at('覆盖率', 0), at('%', 0, 50), at('85', 0, 80), at('监测站', 20), at('%', 20, 50), at('85', 20, 80)]
  const words = wordsOf(lines, text, 100)
  expect(words.map(({ start, box }) => [start - 100, box[1]])).toEqual([
    [0, 0],
    [4, 0],
    [6, 0],
    [9, 20],
    [13, 20],
    [15, 20],
  ])
})

test.each([
  ['upright', 0, 0],
  ['on its side', 1, 0],
  ['on its head and askew', 2, -0.04],
  ['on its other side and askew', 3, 0.07],
])('what was read on a page %s is marked on the page as it lies', (_, quarters, angle) => {
  const [width, height, size] = [600, 400, 20]
  const { canvas, context } = newCanvas(width, height)
  context.fillStyle = '#000'
  context.fillRect(150, 100, size, size)
  const turned = quarters === 0 ? canvas : turn(canvas, quarters)
  const read = angle === 0 ? turned : straighten(turned, angle)
  const { data } = read.getContext('2d').getImageData(0, 0, read.width, read.height)
  let [n, x, y] = [0, 0, 0]
  for (let i = 0; i < data.length; i += 4) {
    if (data[i]! > 128) continue
    n++
    x += ((i / 4) % read.width) + 0.5
    y += Math.floor(i / 4 / read.width) + 0.5
  }
  const share = apply(shareOfGiven(canvas, read, quarters, angle), x / n, y / n)
  expect(share[0]).toBeCloseTo((150 + size / 2) / width, 2)
  expect(share[1]).toBeCloseTo((100 + size / 2) / height, 2)
})

test('what was found twice is read once', () => {
  const line = (text: string, left: number, right: number, top = 100) => ({ text, left, right, top, bottom: top + 30 })
  const lines = [
    line('推进提质增效，城', 255, 655),
    line('城', 634, 661),
    line('市生态环境局', 818, 1000),
    line('7', 818, 821),
    line('8', 600, 615, 140),
  ]
  expect(withoutReadTwice(lines).map(({ text }) => text)).toEqual(['推进提质增效，城', '市生态环境局', '8'])
})

test('a rare character is read in one way throughout a document, a common one as it stands', () => {
  const line = (...characters: (readonly [text: string, confidence: number, other?: string])[]) => ({
    text: characters.map(([text]) => text).join(''),
    characters: characters.map(([text, confidence, other]) => ({
      text,
      confidence,
      x: 0,
      ...(other && { others: [{ text: other, confidence: 0.1 }] }),
    })),
  })
  const pages = [
    [line(['霁', 0.9], ['川', 0.99]), line(['雾', 0.6, '霁'], ['川', 0.99])],
    [line(['日', 0.99]), line(['老', 0.99], ['旧', 0.6, '日'], ['小', 0.99], ['区', 0.99])],
    [line(['%', 0.99], ['一', 0.99]), line(['‰', 0.6, '%'], ['—', 0.7, '一'])],
    [line(['千', 0.97], ['干', 0.98]), line(['千', 0.7, '干'], ['亩', 0.99]), line(['雾', 0.5, '露'])],
  ]
  expect(withOneReading(pages).map((lines) => lines.map(({ text }) => text))).toEqual([
    ['霁川', '霁川'],
    ['日', '老旧小区'],
    ['%一', '‰—'],
    ['千干', '千亩', '雾'],
  ])
})

test('the type size of a short line is that of a long one, though places are told in coarse steps', () => {
  const line = (steps: readonly number[]) => {
    let x = 100
    const characters = [0, ...steps].map((step) => ({ text: '水', x: (x += step), confidence: 1 }))
    return { characters, top: 0, bottom: 50 }
  }
  const [narrow, wide] = [40, 48]
  const long = sizeOf(line([...Array<number>(8).fill(narrow), ...Array<number>(9).fill(wide), 130]), 1)
  const short = sizeOf(line([narrow, narrow, narrow, wide, wide]), 1)
  expect(long).toBeCloseTo(44.2, 1)
  expect(Math.abs(short - long)).toBeLessThan(long * 0.05)
})
