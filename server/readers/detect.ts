import { looksLikeText } from './text.ts'
import { type Format, ReadError, type Source } from './types.ts'
import { zipNames } from './zip.ts'

/** Extension in lower case with its dot; empty where there is none. */
export const extensionOf = (fileName: string): string => /\.[^./\\]{1,12}$/.exec(fileName)?.[0].toLowerCase() ?? ''

const TEXT_EXTENSIONS: Record<string, Format> = {
  '': 'txt',
  '.txt': 'txt',
  '.text': 'txt',
  '.md': 'md',
  '.markdown': 'md',
  '.html': 'html',
  '.htm': 'html',
}

const WRONG_TYPE = '不是可以导入的文件类型，请选择 txt、md、html、docx 或文字版 pdf 文件。'

/**
 * What a file is by its content: `%PDF`, a zip with a Word document inside, markup, or text.
 * @throws {ReadError} wrong-type, encrypted or broken
 */
export async function formatOf(source: Source): Promise<Format> {
  const { bytes, fileName } = source
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096))
  const latin = head.toString('latin1')
  const extension = extensionOf(fileName)
  if (latin.slice(0, 1024).includes('%PDF-')) return 'pdf'
  if (latin.startsWith('PK\u0003\u0004') || latin.startsWith('PK\u0005\u0006')) return zipFormat(source)
  if (latin.startsWith('\u00D0\u00CF\u0011\u00E0')) throw oldOffice(source)
  if (extension === '.pdf' || extension === '.docx') {
    throw new ReadError('broken', fileName, `的内容不是 ${extension.slice(1)} 文件，可能已损坏，请重新取得文件。`)
  }
  const format = TEXT_EXTENSIONS[extension]
  if (format === undefined || latin.startsWith('{\\rtf') || !looksLikeText(bytes))
    throw new ReadError('wrong-type', fileName, WRONG_TYPE)
  return format === 'txt' && looksLikeMarkup(latin) ? 'html' : format
}

const looksLikeMarkup = (head: string): boolean =>
  /^(?:\u00EF\u00BB\u00BF)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)[\s>]/i.test(head)

async function zipFormat(source: Source): Promise<Format> {
  const names = await zipNames(source)
  if (names.includes('word/document.xml')) return 'docx'
  if (extensionOf(source.fileName) === '.docx')
    throw new ReadError('broken', source.fileName, '里没有 Word 正文，可能已损坏，请重新取得文件。')
  throw new ReadError('wrong-type', source.fileName, WRONG_TYPE)
}

/** Word, Excel and WPS before 2007, and every Office file under a password, are OLE containers. */
function oldOffice({ bytes, fileName }: Source): ReadError {
  const marker = Buffer.from('EncryptedPackage', 'utf16le')
  if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(marker)) {
    return new ReadError('encrypted', fileName, '设有密码，请取消密码后再导入。')
  }
  return new ReadError('wrong-type', fileName, '是旧版 Office 文件（如 doc），请用 Word 或 WPS 另存为 docx 后再导入。')
}
