import { createRequire } from 'node:module'
import type * as Png from 'pngjs'
import type * as Tiff from 'utif2'
import { ReadError } from '../types.ts'
import { type Canvas, drawnAs, turn } from './canvas.ts'
import { MOST_RECOGNISED, onPaper, type Pixels } from './shrink.ts'

/** Most pixels of a picture: A4 at 600 dots an inch has 35 million, A3 at 400 31, the photo of a good telephone 50. */
const MOST_PIXELS = 51_000_000
/** Most bytes of the rows of a png, which are unpacked whole: A4 at 600 dots an inch with its opacity has 140 million. */
const MOST_ROWS = 160_000_000

const load = createRequire(import.meta.url)

/** Kinds of pictures by their first bytes. */
type PictureKind = 'png' | 'jpeg' | 'tiff'

export function pictureKind(head: string): PictureKind | null {
  if (head.startsWith('\u0089PNG\r\n\u001A\n')) return 'png'
  if (head.startsWith('\u00FF\u00D8\u00FF')) return 'jpeg'
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff'
  return null
}

/**
 * The pages of a picture file, one but for tif, each upright as its camera says and no larger than recognition needs, with
 * how many there are. Decoders are of plain script: native ones take the whole process with them where a file is made to.
 * @throws {ReadError} broken or too-large
 */
export async function* picturesOf(
  bytes: Uint8Array,
  kind: PictureKind,
  fileName: string,
): AsyncGenerator<{ picture: Canvas; of: number }> {
  try {
    if (kind === 'tiff') {
      const utif = load('utif2') as typeof Tiff
      const data = new Uint8Array(bytes).buffer
      const pages = utif.decode(data).filter((page) => tag(page.t256) > 0 && tag(page.t257) > 0)
      for (const page of pages) {
        const size = { width: tag(page.t256), height: tag(page.t257) }
        checkSize(size, fileName)
        utif.decodeImage(data, page)
        const picture = onPaper({ ...size, channels: 4, data: utif.toRGBA8(page) })
        yield { picture: withSquarePixels(picture, fraction(page.t282), fraction(page.t283)), of: pages.length }
      }
      return
    }
    const size = sizeOf(bytes, kind)
    if (size === null || size.width * size.height === 0) throw new Error('no size')
    checkSize(size, fileName)
    const canvas = onPaper(kind === 'png' ? decodePng(bytes) : await decodeJpeg(bytes))
    const turned = kind === 'jpeg' ? turnsOf(bytes) : 0
    yield { picture: turned === 0 ? canvas : turn(canvas, turned), of: 1 }
  } catch (error) {
    if (error instanceof ReadError) throw error
    throw new ReadError('broken', fileName, '的图片已损坏，无法打开，请重新取得文件。')
  }
}

/** Resolutions that differ by less than this are one: faxes have 204 and 196 dots an inch. */
const SAME_DOTS = 0.06
/** A picture has no more dots in one direction than this many times those in the other. */
const MOST_STRETCH = 4

/** A picture as high and wide as it is on paper and still no larger than recognition needs: a fax has half as many dots an inch down the page as across it. */
function withSquarePixels(picture: Canvas, across: number, down: number): Canvas {
  const stretch = across / down
  if (!(stretch >= 1 / MOST_STRETCH && stretch <= MOST_STRETCH) || Math.abs(stretch - 1) < SAME_DOTS) return picture
  const width = picture.width / Math.min(1, stretch)
  const height = picture.height * Math.max(1, stretch)
  const fit = Math.min(1, Math.sqrt(MOST_RECOGNISED / (width * height)))
  return drawnAs(picture, width * fit, height * fit)
}

/** What the head of a picture says of it. */
interface Size {
  width: number
  height: number
  /** Bytes of its rows once unpacked, where that may be more than four for a pixel. */
  bytes?: number
}

function checkSize({ width, height, bytes = 0 }: Size, fileName: string): void {
  if (width * height > MOST_PIXELS)
    throw new ReadError('too-large', fileName, `的图片过大（超过 ${MOST_PIXELS / 10_000} 万像素），请缩小后再导入。`)
  if (bytes > MOST_ROWS) {
    const most = `的图片解压后过大（超过 ${MOST_ROWS / 1_000_000} MB）`
    throw new ReadError('too-large', fileName, `${most}，请缩小，或另存为 8 位、不带透明度的图片后再导入。`)
  }
}

function decodePng(bytes: Uint8Array): Pixels {
  const { PNG } = load('pngjs') as typeof Png
  return { ...PNG.sync.read(Buffer.from(bytes)), channels: 4 }
}

/** Its decoder keeps two bytes of a sample: that is the smallest there is in plain script. */
async function decodeJpeg(bytes: Uint8Array): Promise<Pixels> {
  const { JpegImage, setVerbosityLevel, VerbosityLevel } =
    await import('pdfjs-dist/legacy/image_decoders/pdf.image_decoders.min.mjs')
  setVerbosityLevel(VerbosityLevel.ERRORS)
  const image = new JpegImage()
  image.parse(new Uint8Array(bytes))
  const { width, height, numComponents } = image
  const channels = numComponents === 1 ? 1 : 3
  return { width, height, channels, data: image.getData({ width, height, forceRGB: channels === 3 }) }
}

/** The first value of a tag of a tif. */
const tag = (value: unknown): number =>
  Array.isArray(value) || ArrayBuffer.isView(value) ? Number((value as ArrayLike<unknown>)[0]) : 0

/** A tag of a tif that is a fraction, which is kept as its two numbers. */
function fraction(value: unknown): number {
  const [above, below] = Array.isArray(value) && Array.isArray(value[0]) ? (value[0] as number[]) : []
  return Number(above) / Number(below)
}

/** Samples of a pixel of a png by its kind of colour. */
const PNG_SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Size of a picture by its head, so that a bomb is not unpacked. */
function sizeOf(bytes: Uint8Array, kind: PictureKind): Size | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (kind === 'png') {
    if (buffer.length < 26) return null
    const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)]
    return { width, height, bytes: (width * height * buffer[24]! * (PNG_SAMPLES[buffer[25]!] ?? 4)) / 8 }
  }
  for (const { marker, at } of jpegSegments(buffer)) {
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame && at + 9 <= buffer.length)
      return { height: buffer.readUInt16BE(at + 5), width: buffer.readUInt16BE(at + 7) }
  }
  return null
}

/** Quarter turns by which a camera held the picture, from its Exif part. */
function turnsOf(bytes: Uint8Array): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (const { marker, at } of jpegSegments(buffer)) {
    if (marker !== 0xe1 || buffer.toString('latin1', at + 4, at + 8) !== 'Exif') continue
    const tiff = at + 10
    if (tiff + 8 > buffer.length) return 0
    const little = buffer[tiff] === 0x49
    const short = (offset: number) =>
      offset + 2 > buffer.length ? 0 : little ? buffer.readUInt16LE(offset) : buffer.readUInt16BE(offset)
    const first = tiff + (little ? buffer.readUInt32LE(tiff + 4) : buffer.readUInt32BE(tiff + 4))
    for (let i = 0; i < short(first) && i < 100; i++) {
      const entry = first + 2 + i * 12
      if (short(entry) === 0x0112) return { 3: 2, 6: 1, 8: 3 }[short(entry + 8)] ?? 0
    }
  }
  return 0
}

function* jpegSegments(buffer: Buffer): Generator<{ marker: number; at: number }> {
  let at = 2
  while (at + 4 <= buffer.length && buffer[at] === 0xff) {
    yield { marker: buffer[at + 1]!, at }
    if (buffer[at + 1] === 0xda) return
    at += 2 + buffer.readUInt16BE(at + 2)
  }
}
