import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { TextItem } from 'pdfjs-dist/types/src/display/api.js'
import { withoutRadicals } from './radicals.ts'
import { type Reader, ReadError, type ReadPage } from './types.ts'

/** Between the pages of a text. */
const PAGE_BREAK = '\n\f\n'

const PDFJS = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/**
 * The text of a PDF that has text: the lines as they stand on the page, pages parted by a form feed; where a line has
 * a gap wider than two characters (a table), a tab stands for it.
 * @throws {ReadError} encrypted or broken
 */
export const readPdf: Reader = async (bytes, { fileName, limits, onProgress }) => {
  // Loaded when a PDF comes: it takes longer to load than a text file to read.
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    // pdfjs takes the bytes away from their owner, so it gets its own.
    data: new Uint8Array(bytes),
    cMapUrl: join(PDFJS, 'cmaps/'),
    cMapPacked: true,
    standardFontDataUrl: join(PDFJS, 'standard_fonts/'),
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    stopAtErrors: false,
    verbosity: 0,
  })
  try {
    const pdf = await task.promise
    if (pdf.numPages > limits.pages)
      throw new ReadError('too-large', fileName, `超过 ${limits.pages} 页，请拆分后再导入。`)
    const texts: string[] = []
    const pages: ReadPage[] = []
    let start = 0
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number)
      const content = await page.getTextContent({ disableNormalization: true })
      const text = withoutRadicals(pageText(content.items.filter((item): item is TextItem => 'str' in item)))
      const { width, height } = page.getViewport({ scale: 1 })
      pages.push({ number, start, width, height })
      texts.push(text)
      start += text.length + PAGE_BREAK.length
      page.cleanup()
      onProgress(number / pdf.numPages)
    }
    return texts.every((text) => text.trim() === '') ? { text: '' } : { text: texts.join(PAGE_BREAK), pages }
  } catch (error) {
    throw error instanceof ReadError ? error : readError(error, fileName)
  } finally {
    await task.destroy()
  }
}

function readError(error: unknown, fileName: string): ReadError {
  if (error instanceof Error && error.name === 'PasswordException')
    return new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
  return new ReadError('broken', fileName, '已损坏，无法打开，请重新取得文件。')
}

/** Joins the pieces of a page into lines. Pieces come in the order of writing, each with its place on the page. */
function pageText(items: TextItem[]): string {
  let text = ''
  let last: { x: number; y: number; size: number } | null = null
  for (const item of items) {
    if (item.str === '') continue
    const [x, y] = [item.transform[4] as number, item.transform[5] as number]
    const size = Math.max(item.height, 1)
    if (last !== null) {
      const gap = x - last.x
      if (Math.abs(y - last.y) > last.size / 2) text += '\n'
      else if (gap > last.size * 2) text += '\t'
      else if (gap > last.size / 4 && /\w$/.test(text) && /^\w/.test(item.str)) text += ' '
    }
    // A gap is also written as a piece of blanks; a wide one is a table's.
    text += item.str.trim() === '' && item.width > size * 2 ? '\t' : item.str
    last = { x: x + item.width, y, size }
  }
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
}
