import { type LaidPage, textOfPages } from '../layout/index.ts'
import { type Reader, ReadError } from '../types.ts'
import { openPackage } from '../zip.ts'
import { OfdPackage } from './package.ts'
import { laidPage } from './page.ts'

/**
 * The text of an OFD (GB/T 33190-2016): its text objects by their places on the page, templates below them, annotations and
 * seals left out.
 * @throws {ReadError} encrypted, broken, too-large or unpacks-too-large
 */
export const readOfd: Reader = async (bytes, context) => {
  const { fileName, limits, onProgress, signal } = context
  const zip = await openPackage({ bytes, fileName }, context)
  if (zip.has('Encryptions.xml')) throw new ReadError('encrypted', fileName, '已加密，请解密后再导入。')
  try {
    const file = new OfdPackage(zip)
    const pages: LaidPage[] = []
    for (const document of await file.documents()) {
      const refs = document.pages
      if (pages.length + refs.length > limits.pages)
        throw new ReadError('too-large', fileName, `超过 ${limits.pages} 页，请拆分后再导入。`)
      for (const ref of refs) {
        signal.throwIfAborted()
        pages.push(await laidPage(file, document, ref))
        onProgress(pages.length / refs.length)
      }
    }
    return textOfPages(pages)
  } catch (error) {
    if (error instanceof ReadError || signal.aborted) throw error
    throw new ReadError('broken', fileName, '已损坏，无法打开，请重新取得文件。')
  }
}
