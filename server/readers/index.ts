import { extensionOf, formatOf } from './detect.ts'
import { decodeText } from './text.ts'
import { MAX_FILE_BYTES, ReadError, type ReadFile, type Source } from './types.ts'

export { type Format, MAX_FILE_BYTES, ReadError, type ReadErrorCode, type ReadFile, type Source } from './types.ts'

/**
 * Reads a file into text. What it is, its content says; the name must only not contradict it.
 * @throws {ReadError} for everything that can be wrong with the file
 */
export async function readDocument(source: Source): Promise<ReadFile> {
  const { bytes, fileName } = source
  if (bytes.length === 0) throw new ReadError('empty', fileName, '是空文件，请检查后重新选择。')
  if (bytes.length > MAX_FILE_BYTES) throw new ReadError('too-large', fileName, '超过 50 MB，请拆分后再导入。')
  const format = await formatOf(source)
  const text = await read(source, format)
  if (text.trim() === '') {
    throw format === 'pdf'
      ? new ReadError('no-text', fileName, '里没有可读取的文字，可能是扫描件，请换用文字版 PDF。')
      : new ReadError('empty', fileName, '里没有文字，请检查后重新选择。')
  }
  return { format, text }
}

async function read(source: Source, format: ReadFile['format']): Promise<string> {
  switch (format) {
    // Each reader is loaded with the first file of its kind.
    case 'pdf': return (await import('./pdf.ts')).readPdf(source)
    case 'docx': return (await import('./docx.ts')).readDocx(source)
    case 'html': {
      const { htmlEncoding, htmlToText } = await import('./html.ts')
      return htmlToText(decodeText(source, htmlEncoding(source.bytes)), source.fileName)
    }
    case 'md':
    case 'txt': return decodeText(source)
  }
}

/** Extensions that the upload page and the command line offer. */
export const ACCEPTED_EXTENSIONS = ['.txt', '.md', '.markdown', '.html', '.htm', '.docx', '.pdf'] as const

export { extensionOf }
