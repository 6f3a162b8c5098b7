import { createRequire } from 'node:module'
import type * as Drawing from '@napi-rs/canvas'
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas'
import type * as Jpeg from 'jpeg-js'
import type * as Png from 'pngjs'
import type * as Tiff from 'utif2'
import { ReadError } from '../types.ts'

export type { Canvas } from '@napi-rs/canvas'

/** Most pixels of a picture: an A3 page at 400 dpi has 31 million. */
const MAX_PIXELS = 64_000_000

const load = createRequire(import.meta.url)

/** The library, loaded with the first picture: it is native and large. */
const canvasLibrary = (): typeof Drawing => load('@napi-rs/canvas') as typeof Drawing

export function newCanvas(width: number, height: number): { canvas: Canvas; context: SKRSContext2D } {
  const canvas = canvasLibrary().createCanvas(Math.max(1, Math.round(width)), Math.max(1, Math.round(height)))
  const context = canvas.getContext('2d')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.imageSmoothingEnabled = true
  context.imageSmoothingQuality = 'high'
  return { canvas, context }
}

/** Kinds of pictures by their first bytes. */
type PictureKind = 'png' | 'jpeg' | 'tiff'

export function pictureKind(head: string): PictureKind | null {
  if (head.startsWith('\u0089PNG\r\n\u001A\n')) return 'png'
  if (head.startsWith('\u00FF\u00D8\u00FF')) return 'jpeg'
  if (head.startsWith('II*\0') || head.startsWith('MM\0*')) return 'tiff'
  return null
}

/**
 * The pages of a picture file, one but for tif, each upright as its camera says, with how many there are.
 * @throws {ReadError} broken or too-large
 */
export async function* picturesOf(
  bytes: Uint8Array,
  kind: PictureKind,
  fileName: string,
): AsyncGenerator<{ picture: Canvas; of: number }> {
  const tooLarge = () => new ReadError('too-large', fileName, '的图片过大（超过 6400 万像素），请缩小后再导入。')
  try {
    if (kind === 'tiff') {
      const utif = load('utif2') as typeof Tiff
      const data = new Uint8Array(bytes).buffer
      const pages = utif.decode(data).filter((page) => tag(page.t256) > 0 && tag(page.t257) > 0)
      for (const page of pages) {
        const [width, height] = [tag(page.t256), tag(page.t257)]
        if (width * height > MAX_PIXELS) throw tooLarge()
        utif.decodeImage(data, page)
        yield { picture: canvasOf(width, height, utif.toRGBA8(page)), of: pages.length }
      }
      return
    }
    const size = sizeOf(bytes, kind)
    if (size === null || size.width * size.height === 0) throw new Error('no size')
    if (size.width * size.height > MAX_PIXELS) throw tooLarge()
    // Decoders of plain script: those of the drawing library take the whole process with them where a file is made to.
    const { width, height, data } = kind === 'png' ? decodePng(bytes) : decodeJpeg(bytes)
    const canvas = canvasOf(width, height, data)
    const turned = kind === 'jpeg' ? turnsOf(bytes) : 0
    yield { picture: turned === 0 ? canvas : turn(canvas, turned), of: 1 }
  } catch (error) {
    if (error instanceof ReadError) throw error
    throw new ReadError('broken', fileName, '的图片已损坏，无法打开，请重新取得文件。')
  }
}

interface Pixels {
  width: number
  height: number
  /** Red, green, blue and how opaque, a byte each. */
  data: Uint8Array
}

function decodePng(bytes: Uint8Array): Pixels {
  const { PNG } = load('pngjs') as typeof Png
  return PNG.sync.read(Buffer.from(bytes))
}

function decodeJpeg(bytes: Uint8Array): Pixels {
  const { decode } = load('jpeg-js') as typeof Jpeg
  return decode(bytes, { useTArray: true, maxResolutionInMP: MAX_PIXELS / 1e6, maxMemoryUsageInMB: 1024 })
}

/** A picture that is nothing but its pixels: a drawing keeps all its steps, and goes through them for each part taken. */
export function flattened(drawing: Canvas): Canvas {
  const { width, height } = drawing
  const { data } = drawing.getContext('2d').getImageData(0, 0, width, height)
  return canvasOf(width, height, data)
}

/** Pixels on white paper. */
function canvasOf(width: number, height: number, data: ArrayLike<number>): Canvas {
  const { canvas, context } = newCanvas(width, height)
  const image = context.createImageData(width, height)
  for (let i = 0; i < width * height * 4; i += 4) {
    const opaque = data[i + 3]! / 255
    for (let c = 0; c < 3; c++) image.data[i + c] = data[i + c]! * opaque + 255 * (1 - opaque)
    image.data[i + 3] = 255
  }
  context.putImageData(image, 0, 0)
  return canvas
}

/** The first value of a tag of a tif. */
const tag = (value: unknown): number =>
  Array.isArray(value) || ArrayBuffer.isView(value) ? Number((value as ArrayLike<unknown>)[0]) : 0

/** A picture turned clockwise by quarter turns. */
export function turn(source: Canvas, quarters: number): Canvas {
  const { width, height } = source
  const { canvas, context } = quarters % 2 === 0 ? newCanvas(width, height) : newCanvas(height, width)
  context.translate(canvas.width / 2, canvas.height / 2)
  context.rotate((quarters * Math.PI) / 2)
  context.drawImage(source, -width / 2, -height / 2)
  return flattened(canvas)
}

/** A picture turned clockwise by an angle, in radians, with white where nothing was. */
export function straighten(source: Canvas, angle: number): Canvas {
  const { width, height } = source
  const { canvas, context } = newCanvas(width, height)
  context.translate(width / 2, height / 2)
  context.rotate(angle)
  context.drawImage(source, -width / 2, -height / 2)
  return flattened(canvas)
}

/** Size of a picture by its head, so that a bomb is not unpacked. */
function sizeOf(bytes: Uint8Array, kind: PictureKind): { width: number; height: number } | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (kind === 'png') {
    return buffer.length < 24 ? null : { width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) }
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
