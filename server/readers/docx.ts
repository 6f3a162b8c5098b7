import { htmlToText } from './html.ts'
import { type Reader, ReadError } from './types.ts'
import { checkUnpackedSize } from './zip.ts'

/**
 * The text of a Word document: a paragraph a line, a table row a line with tabs between its cells. Pictures, notes in
 * the margin, heads and feet of pages are left out.
 * @throws {ReadError}
 */
export const readDocx: Reader = async (bytes, { fileName, limits }) => {
  await checkUnpackedSize({ bytes, fileName }, limits)
  // Loaded when the first Word document comes: the library is large.
  const { default: mammoth } = await import('mammoth')
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer },
      {
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
        includeDefaultStyleMap: true,
      },
    )
    return { text: await htmlToText(value, fileName) }
  } catch (error) {
    if (error instanceof ReadError) throw error
    throw new ReadError('broken', fileName, '已损坏，无法打开，请用 Word 或 WPS 打开并另存为 docx 后再导入。')
  }
}
