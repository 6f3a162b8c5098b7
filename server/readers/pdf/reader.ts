import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js'
import type { LaidPage } from '../layout/index.ts'
import { freeMemory } from '../ocr/memory.ts'
import { scanPages, type ScannedPage, textWithScans } from '../ocr/scans.ts'
import { type ReadContext, type Reader, ReadError } from '../types.ts'
import type { Matrix } from '../layout/matrix.ts'
import { upright } from '../layout/turns.ts'
import { drawPage, mayBePicture, isPicture } from './picture.ts'
import { pdfjs } from './pdfjs.ts'
import { piecesOf } from './pieces.ts'
import { rulesOf } from './rules.ts'

const PDFJS = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/** Most pixels of a picture that is unpacked: an A3 page at 600 dpi has 70 million. */
const MAX_PICTURE = 80_000_000

/**
 * The text of a PDF. Pieces of text and ruled lines are taken out with their places, and put together by these: the
 * order in which a program wrote them says nothing. Pages that are pictures are read from these.
 * @throws {ReadError} encrypted, broken or too-large
 */
export const readPdf: Reader = async (bytes, given) => {
  let told = 0
  const context: ReadContext = {
    ...given,
    onProgress: (share) => {
      if (share > told) given.onProgress((told = share))
    },
  }
  try {
    // One after the other: each holds the whole file in memory.
    const pages = await laidPages(bytes, context)
    return textWithScans(pages, await scansOf(bytes, pages, context))
  } catch (error) {
    throw readError(error, context)
  }
}

async function laidPages(
  bytes: Uint8Array,
  { fileName, limits, onProgress, signal }: ReadContext,
): Promise<LaidPage[]> {
  // Pictures are not unpacked for the sake of the text: a few kilobytes of one may fill gigabytes.
  const task = await openPdf(bytes, 1)
  try {
    const pdf = await task.promise
    if (pdf.numPages > limits.pages)
      throw new ReadError('too-large', fileName, `超过 ${limits.pages} 页，请拆分后再导入。`)
    const pages: LaidPage[] = []
    let isScanned = false
    for (let number = 1; number <= pdf.numPages; number++) {
      signal.throwIfAborted()
      const page = await laidPage(await pdf.getPage(number))
      pages.push(page)
      // Pages that must be read from their pictures take nearly all of the time.
      isScanned ||= mayBePicture(page)
      if (!isScanned) onProgress(number / pdf.numPages)
    }
    return pages
  } finally {
    await task.destroy()
  }
}

/** Reads the pages that are pictures, and puts what was read into `pages`. */
async function scansOf(
  bytes: Uint8Array,
  pages: LaidPage[],
  context: ReadContext,
): Promise<ReadonlyMap<number, ScannedPage>> {
  const doubtful = pages.flatMap((page, i) => (mayBePicture(page) ? [i + 1] : []))
  if (doubtful.length === 0) return new Map()
  const task = await openPdf(bytes, MAX_PICTURE)
  try {
    const pdf = await task.promise
    const pictures: number[] = []
    for (const number of doubtful) {
      context.signal.throwIfAborted()
      if (await isPicture(pdf, number, pages[number - 1]!)) pictures.push(number)
      await freeMemory()
    }
    const draw = async (number: number) => {
      await freeMemory()
      return drawPage(await pdf.getPage(number))
    }
    if (pictures.length === 0) context.onProgress(1)
    return await scanPages(pictures, pages, draw, context)
  } finally {
    await task.destroy()
  }
}

async function openPdf(bytes: Uint8Array, maxImageSize: number) {
  const { getDocument } = await pdfjs()
  return getDocument({
    // pdfjs takes the bytes away from their owner, so it gets its own.
    data: new Uint8Array(bytes),
    cMapUrl: join(PDFJS, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(PDFJS, 'standard_fonts/'),
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    stopAtErrors: false,
    maxImageSize,
    verbosity: 0,
  })
}

async function laidPage(page: PDFPageProxy): Promise<LaidPage> {
  const viewport = page.getViewport({ scale: 1 })
  const toPage = viewport.transform as unknown as Matrix
  const pieces = piecesOf(await page.getTextContent({ disableNormalization: true }), toPage)
  const rules = await rulesOf(page, toPage)
  const laid = upright({ width: viewport.width, height: viewport.height, pieces, rules })
  page.cleanup()
  return laid
}

function readError(error: unknown, { fileName, signal }: ReadContext): unknown {
  if (error instanceof ReadError || signal.aborted) return error
  if (error instanceof Error && error.name === 'PasswordException')
    return new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
  return new ReadError('broken', fileName, '已损坏，无法打开，请重新取得文件。')
}
