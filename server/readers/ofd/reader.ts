import { freeMemory } from '../ocr/memory.ts'
import { scanPages, textWithScans } from '../ocr/scans.ts'
import { type LaidPage } from '../layout/index.ts'
import { type ReadContext, type Reader, ReadError } from '../types.ts'
import { isUnreadable } from '../unreadable.ts'
import { openPackage } from '../zip.ts'
import { OfdPackage } from './package.ts'
import { laidPage, type PlacedPicture } from './page.ts'
import { drawPictures, scanOf } from './picture.ts'

/**
 * The text of an OFD (GB/T 33190-2016), of all documents in it: its text objects by their places on the page, templates
 * below them, annotations and seals left out. Pages that are pictures are read from these.
 * @throws {ReadError} encrypted, broken, too-large or unpacks-too-large
 */
export const readOfd: Reader = async (bytes, context) => {
  const { fileName, signal } = context
  const zip = await openPackage({ bytes, fileName }, context)
  if (zip.has('Encryptions.xml')) throw new ReadError('encrypted', fileName, '已加密，请解密后再导入。')
  try {
    return await readPackage(new OfdPackage(zip), context)
  } catch (error) {
    if (error instanceof ReadError || signal.aborted) throw error
    throw new ReadError('broken', fileName, '已损坏，无法打开，请重新取得文件。')
  }
}

async function readPackage(file: OfdPackage, context: ReadContext): ReturnType<Reader> {
  const { fileName, limits, onProgress, signal } = context
  const documents = await file.documents()
  const count = documents.reduce((sum, { pages }) => sum + pages.length, 0)
  if (count > limits.pages) throw new ReadError('too-large', fileName, `超过 ${limits.pages} 页，请拆分后再导入。`)
  const pages: LaidPage[] = []
  const scans = new Map<number, PlacedPicture[]>()
  const unread: number[] = []
  for (const document of documents) {
    for (const ref of document.pages) {
      signal.throwIfAborted()
      const { laid, pictures } = await laidPage(file, document, ref)
      const isNonsense = isUnreadable(laid.pieces)
      const page = isNonsense ? { ...laid, pieces: [] } : laid
      pages.push(page)
      const scan = scanOf(page, pictures)
      if (scan.length > 0) scans.set(pages.length, scan)
      else if (isNonsense) unread.push(pages.length)
      // Pages that must be read from their pictures take nearly all of the time.
      if (scans.size === 0) onProgress(pages.length / count)
    }
  }
  const draw = async (number: number) => {
    await freeMemory()
    try {
      return await drawPictures(file, pages[number - 1]!, scans.get(number)!, fileName)
    } catch (error) {
      if (!(error instanceof ReadError) || error.code === 'unpacks-too-large') throw error
      // One picture that cannot be opened keeps nobody from reading the other pages.
      unread.push(number)
      return null
    }
  }
  const read = await scanPages([...scans.keys()], pages, draw, context)
  const notes =
    unread.length === 0 ? [] : [`第 ${unread.sort((a, b) => a - b).join('、')} 页的文字无法识别，没有读出。`]
  return { ...textWithScans(pages, read), ...(notes.length > 0 && { notes }) }
}
