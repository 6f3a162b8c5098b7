import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.js'
import { textOfPages, type LaidPage } from '../layout/index.ts'
import { type ReadContext, type Reader, ReadError } from '../types.ts'
import { piecesOf, upright } from './pieces.ts'
import { rulesOf } from './rules.ts'

const PDFJS = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/**
 * The text of a PDF that has text. Pieces of text and ruled lines are taken out with their places, and put together by
 * these: the order in which a program wrote them says nothing.
 * @throws {ReadError} encrypted, broken or too-large
 */
export const readPdf: Reader = async (bytes, context) => {
  const { fileName, limits, onProgress, signal } = context
  const task = await openPdf(bytes)
  try {
    const pdf = await task.promise
    if (pdf.numPages > limits.pages)
      throw new ReadError('too-large', fileName, `超过 ${limits.pages} 页，请拆分后再导入。`)
    const pages: LaidPage[] = []
    for (let number = 1; number <= pdf.numPages; number++) {
      signal.throwIfAborted()
      pages.push(await laidPage(await pdf.getPage(number)))
      onProgress(number / pdf.numPages)
    }
    return textOfPages(pages)
  } catch (error) {
    throw readError(error, context)
  } finally {
    await task.destroy()
  }
}

async function openPdf(bytes: Uint8Array) {
  // Loaded when a PDF comes: it takes longer to load than a text file to read.
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
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
    // Pictures are not unpacked for the sake of the text: a few kilobytes of one may fill gigabytes.
    maxImageSize: 1,
    verbosity: 0,
  })
}

async function laidPage(page: PDFPageProxy): Promise<LaidPage> {
  const viewport = page.getViewport({ scale: 1 })
  const content = await page.getTextContent({ disableNormalization: true })
  const rules = await rulesOf(page, viewport.transform)
  const laid = upright({
    width: viewport.width,
    height: viewport.height,
    ...piecesOf(content, viewport.transform),
    rules,
  })
  page.cleanup()
  return laid
}

function readError(error: unknown, { fileName, signal }: ReadContext): unknown {
  if (error instanceof ReadError || signal.aborted) return error
  if (error instanceof Error && error.name === 'PasswordException')
    return new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
  return new ReadError('broken', fileName, '已损坏，无法打开，请重新取得文件。')
}
