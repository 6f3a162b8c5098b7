import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js'
import type { LaidPage } from '../layout/index.ts'
import { type Canvas, flattened, newCanvas } from '../ocr/canvas.ts'
import { pdfjs } from './pdfjs.ts'
import { isUnreadable } from '../unreadable.ts'

/** A page with fewer characters is a picture with a stamp, a page number or a running head beside it. */
const FEW = 60
/** With fewer it has nothing to lose. */
const NONE = 5
/** Dots for an inch that letters of 9 points need to be read. */
const DOTS = 200
/** Longer side of the picture of a page, in pixels. */
const MOST_PIXELS = 3400
/** Names of the operators that paint pictures. */
const PAINTS = [
  'paintImageXObject',
  'paintInlineImageXObject',
  'paintImageMaskXObject',
  'paintImageXObjectRepeat',
] as const

/** Whether a page may have to be read from its picture: it holds few words, or none that anybody could read. */
export const mayBePicture = ({ pieces }: LaidPage): boolean => charactersOf(pieces) < FEW || isUnreadable(pieces)

const charactersOf = (pieces: LaidPage['pieces']): number =>
  pieces.reduce((sum, { text }) => sum + text.replace(/\s/g, '').length, 0)

/**
 * Whether the page is read from its picture: it is one with some words beside it, or has drawn letters and no words, or its
 * letters are drawn by a font that does not tell which they are.
 * @param pdf opened so that its pictures can be unpacked
 */
export async function isPicture(pdf: PDFDocumentProxy, number: number, laid: LaidPage): Promise<boolean> {
  if (isUnreadable(laid.pieces)) return true
  const { OPS } = await pdfjs()
  const page = await pdf.getPage(number)
  const { fnArray } = await page.getOperatorList()
  page.cleanup()
  const paints = new Set<number>(PAINTS.map((name) => OPS[name]))
  if (fnArray.some((operator) => paints.has(operator))) return true
  return charactersOf(laid.pieces) < NONE && fnArray.length > 0
}

/** Draws a page. */
export async function drawPage(page: PDFPageProxy): Promise<Canvas> {
  const { width, height } = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: Math.min(DOTS / 72, MOST_PIXELS / Math.max(width, height)) })
  const { canvas, context } = newCanvas(viewport.width, viewport.height)
  await page.render({
    canvas: canvas as unknown as HTMLCanvasElement,
    canvasContext: context as unknown as CanvasRenderingContext2D,
    viewport,
  }).promise
  page.cleanup()
  return flattened(canvas)
}
