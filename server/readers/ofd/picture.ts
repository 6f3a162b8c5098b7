import type { LaidPage } from '../layout/index.ts'
import { apply } from '../layout/matrix.ts'
import { type Canvas, flattened, newCanvas } from '../ocr/canvas.ts'
import { pictureKind, picturesOf } from '../ocr/picture.ts'
import { ReadError } from '../types.ts'
import type { OfdPackage } from './package.ts'
import type { PlacedPicture } from './page.ts'

/** A page with fewer characters whose picture covers it is a scan with a stamp or a page number beside it. */
const FEW = 60
/** A picture that covers this share of its page is the page; smaller ones are seals, emblems and drawings. */
const COVERING = 0.5
/** Dots for an inch that letters of 9 points need to be read. */
const DOTS = 200
/** Longer side of the picture of a page, in pixels. */
const MOST_PIXELS = 3400

/** The pictures that a page is read from; none where its own words are the text. */
export function scanOf({ width, height, pieces }: LaidPage, pictures: readonly PlacedPicture[]): PlacedPicture[] {
  const characters = pieces.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0)
  if (characters >= FEW) return []
  const area = ({ toPage: [a, b, c, d] }: PlacedPicture) => Math.abs(a * d - b * c)
  // A page may be scanned in strips.
  const covered = pictures.reduce((sum, picture) => sum + area(picture), 0)
  return covered >= width * height * COVERING ? [...pictures] : []
}

/**
 * Draws the pictures of a page where they stand.
 * @throws {ReadError} broken or too-large
 */
export async function drawPictures(
  file: OfdPackage,
  { width, height }: Pick<LaidPage, 'width' | 'height'>,
  pictures: readonly PlacedPicture[],
  fileName: string,
): Promise<Canvas> {
  const scale = Math.min(DOTS / 72, MOST_PIXELS / Math.max(width, height))
  const { canvas, context } = newCanvas(width * scale, height * scale)
  for (const { path, toPage } of pictures) {
    const bytes = await file.part(path)
    const kind = bytes && pictureKind(bytes.subarray(0, 16).toString('latin1'))
    if (!kind) throw new ReadError('broken', fileName, '里的图片打不开，请重新取得文件。')
    for await (const { picture } of picturesOf(bytes, kind, fileName)) {
      const [a, b, c, d] = toPage
      const [e, f] = apply(toPage, 0, 0)
      context.setTransform(a * scale, b * scale, c * scale, d * scale, e * scale, f * scale)
      context.drawImage(picture, 0, 0, 1, 1)
      break
    }
  }
  return flattened(canvas)
}
