import { readFileSync } from 'node:fs'
import { createCanvas } from '@napi-rs/canvas'
import { PNG } from 'pngjs'
import * as UTIF from 'utif2'
import { describe, expect, test } from 'vitest'
import { usageOf } from '../../../server/bounded/usage.ts'
import { type Canvas, newCanvas } from '../../../server/readers/ocr/canvas.ts'
import { freeMemory } from '../../../server/readers/ocr/memory.ts'
import { pictureKind, picturesOf } from '../../../server/readers/ocr/picture.ts'
import { onPaper, type Pixels } from '../../../server/readers/ocr/shrink.ts'

const pixel = (canvas: Canvas, x: number, y: number) => [...canvas.getContext('2d').getImageData(x, y, 1, 1).data]

/** A picture whose pixels say where they are. */
function picture(width: number, height: number, channels: 1 | 3 | 4, at: (x: number, y: number) => number[]): Pixels {
  const data = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(at(x, y), (y * width + x) * channels)
  return { width, height, channels, data }
}

describe('a picture on its way to recognition', () => {
  test.each([
    ['grey', 1 as const, () => [90], [90, 90, 90, 255]],
    ['in colours', 3 as const, () => [200, 100, 50], [200, 100, 50, 255]],
    ['half transparent over white paper', 4 as const, () => [0, 0, 0, 51], [204, 204, 204, 255]],
  ])('%s keeps its size and its colours', (_, channels, at, expected) => {
    const canvas = onPaper(picture(30, 20, channels, at))
    expect([canvas.width, canvas.height]).toEqual([30, 20])
    expect(pixel(canvas, 29, 19)).toEqual(expected)
  })

  test('of more pixels than it needs becomes smaller by a whole number, each pixel the mean of those it stands for', () => {
    // 16 million: half the width and half the height remain. Dark to the left of the middle, stripes to its right.
    const side = 4001
    const data = new Uint8Array(side * side)
    for (let x = 0; x < side; x++) data[x] = x < 2000 ? 0 : x % 2 === 0 ? 100 : 200
    for (let y = 1; y < side; y++) data.copyWithin(y * side, 0, side)
    const canvas = onPaper({ width: side, height: side, channels: 1, data })
    expect([canvas.width, canvas.height]).toEqual([2000, 2000])
    expect(pixel(canvas, 999, 1999)).toEqual([0, 0, 0, 255])
    expect(pixel(canvas, 1000, 0)).toEqual([150, 150, 150, 255])
    expect(pixel(canvas, 1999, 1999)).toEqual([150, 150, 150, 255])
  })
})

const read = async (bytes: Uint8Array) => {
  const kind = pictureKind(Buffer.from(bytes.subarray(0, 16)).toString('latin1'))!
  const pages = []
  for await (const { picture: canvas } of picturesOf(bytes, kind, '图.png')) pages.push(canvas)
  return pages
}

describe('decoding', () => {
  test.each(['jpeg', 'png'] as const)('a %s has the colours that were drawn', async (kind) => {
    const canvas = createCanvas(64, 48)
    const context = canvas.getContext('2d')
    context.fillStyle = '#fff'
    context.fillRect(0, 0, 64, 48)
    context.fillStyle = 'rgb(200, 40, 90)'
    context.fillRect(0, 0, 32, 48)
    const [page] = await read(kind === 'png' ? canvas.toBuffer('image/png') : canvas.toBuffer('image/jpeg', 95))
    expect([page!.width, page!.height]).toEqual([64, 48])
    pixel(page!, 10, 20).forEach((value, c) => expect(Math.abs(value - [200, 40, 90, 255][c]!)).toBeLessThan(6))
    expect(pixel(page!, 50, 20)[1]).toBeGreaterThan(250)
  })

  test.each([
    ['as fine down as across', 204, 196, [60, 40]],
    ['half as fine down as across, as faxes are', 204, 98, [60, 83]],
    ['finer down than across', 150, 300, [120, 40]],
    ['of dots that cannot be', 0, 98, [60, 40]],
  ])('a tif %s is as high and wide as on paper', async (_, across, down, expected) => {
    // fractions, which the library writes and its types do not know
    const dots = { t282: [[across, 1]], t283: [[down, 1]] } as unknown as UTIF.IFD
    const file = new Uint8Array(UTIF.encodeImage(new Uint8Array(60 * 40 * 4).fill(255), 60, 40, dots))
    const [page] = await read(file)
    expect([page!.width, page!.height]).toEqual(expected)
  })

  test('a tif whose dots would make it larger than recognition takes is stretched as far as that goes', async () => {
    const dots = { t282: [[400, 1]], t283: [[100, 1]] } as unknown as UTIF.IFD
    const [page] = await read(
      new Uint8Array(UTIF.encodeImage(new Uint8Array(3000 * 3000 * 4).fill(255), 3000, 3000, dots)),
    )
    expect(page!.width * page!.height).toBeLessThan(14_100_000)
    expect(page!.height / page!.width).toBeCloseTo(4, 2)
  })

  test.each([
    ['more pixels than a page may have', 9000, 6000, 8, '的图片过大（超过 5100 万像素），请缩小后再导入。'],
    [
      'rows that unpack to more than four bytes a pixel',
      7000,
      5000,
      16,
      '的图片解压后过大（超过 160 MB），请缩小，或另存为 8 位、不带透明度的图片后再导入。',
    ],
  ])('a png of %s is refused before it is unpacked', async (...given) => {
    const [, width, height, depth, message] = given
    const png = PNG.sync.write(new PNG({ width: 4, height: 4 }))
    png.writeUInt32BE(width, 16)
    png.writeUInt32BE(height, 20)
    png[24] = depth
    await expect(read(png)).rejects.toThrow(`《图.png》${message}`)
  })

  test('a jpeg that is cut in the middle is read as far as it goes or refused, never an error of the program', async () => {
    const whole = readFileSync(new URL('files/scan.jpg', import.meta.url))
    for (const share of [0.01, 0.3, 0.9]) {
      const end = await read(whole.subarray(0, Math.floor(whole.length * share))).then(
        (pages) => pages.length,
        (error: Error) => error.message,
      )
      expect([1, '《图.png》的图片已损坏，无法打开，请重新取得文件。']).toContain(end)
    }
  })
})

test('pictures that are used no longer are given back while others are being read', async () => {
  const used = () => usageOf(process.pid)!.bytes / 1024 / 1024
  const draw = () => newCanvas(2000, 2000).context.getImageData(0, 0, 1, 1)
  draw()
  await freeMemory()
  const before = used()
  // Each has 16 MB. Nothing but promises is waited for, as between the pages of a scan.
  for (let i = 0; i < 40; i++) {
    draw()
    await Promise.resolve()
    if (i % 4 === 3) await freeMemory()
  }
  expect(used() - before).toBeLessThan(200)
})
