import { extensionOf, formatOf } from './detect.ts'
import { readDocx } from './docx.ts'
import { htmlEncoding, htmlToText } from './html.ts'
import { readPdf } from './pdf.ts'
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
    // Their libraries are loaded with the first file of a kind; our own files must not be: in a worker thread a dynamic
    // import of TypeScript finds no loader.
    case 'pdf':
      return readPdf(source)
    case 'docx':
      return readDocx(source)
    case 'html':
      return htmlToText(decodeText(source, htmlEncoding(source.bytes)), source.fileName)
    case 'md':
    case 'txt':
      return decodeText(source)
  }
}

/** Extensions that the upload page and the command line offer. */
export const ACCEPTED_EXTENSIONS = ['.txt', '.md', '.markdown', '.html', '.htm', '.docx', '.pdf'] as const

export { extensionOf }
