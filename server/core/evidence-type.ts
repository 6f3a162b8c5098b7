import { looksLikeText } from '../readers/text.ts'
import { type Source, ReadError } from '../readers/types.ts'
import { checkUnpackedSize, zipNames } from '../readers/zip.ts'
import { endingOf } from '../readers/content.ts'

/** Largest evidence file, in bytes. */
export const MAX_EVIDENCE_BYTES = 20 * 1024 * 1024
/** Most evidence files of one report. */
export const MAX_EVIDENCE_FILES = 20

const OFFICE = 'application/vnd.openxmlformats-officedocument'

/** Types of evidence by their content: first bytes, or the part that makes a zip what it is. The name must agree. */
const BY_BYTES: { extensions: string[]; mediaType: string; starts: number[] }[] = [
  { extensions: ['.pdf'], mediaType: 'application/pdf', starts: [...Buffer.from('%PDF-')] },
  { extensions: ['.png'], mediaType: 'image/png', starts: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { extensions: ['.jpg', '.jpeg'], mediaType: 'image/jpeg', starts: [0xff, 0xd8, 0xff] },
]
const BY_PART: { extension: string; mediaType: string; part: string }[] = [
  { extension: '.docx', mediaType: `${OFFICE}.wordprocessingml.document`, part: 'word/document.xml' },
  { extension: '.xlsx', mediaType: `${OFFICE}.spreadsheetml.sheet`, part: 'xl/workbook.xml' },
  { extension: '.ofd', mediaType: 'application/ofd', part: 'OFD.xml' },
]
const TEXTS: Record<string, string> = { '.txt': 'text/plain', '.csv': 'text/csv' }

const ACCEPTED_EVIDENCE = 'pdf、png、jpg、docx、xlsx、ofd、txt、csv'

/**
 * Media type of an evidence file by its content. The extension must say the same, so that nobody opens one thing as another.
 * A zip is only taken as a known document, and only where it unpacks to a bearable size.
 * @throws {ReadError} empty, wrong-type, broken, encrypted or unpacks-too-large, with a Chinese message naming the file
 */
export async function evidenceType(source: Source): Promise<string> {
  const { bytes, fileName } = source
  const extension = endingOf(fileName)
  if (bytes.length === 0) throw new ReadError('empty', fileName, '是空文件，请重新选择。')
  const wrong = () =>
    new ReadError('wrong-type', fileName, `不是可以上传的类型，或内容与扩展名不符；请上传 ${ACCEPTED_EVIDENCE} 文件。`)
  const known = BY_BYTES.find((type) => type.starts.every((byte, i) => bytes[i] === byte))
  if (known) {
    if (!known.extensions.includes(extension)) throw wrong()
    return known.mediaType
  }
  const part = BY_PART.find((type) => type.extension === extension)
  if (part) {
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw wrong()
    if (!(await zipNames(source)).includes(part.part)) throw wrong()
    await checkUnpackedSize(source)
    return part.mediaType
  }
  const text = TEXTS[extension]
  if (text === undefined || !looksLikeText(bytes)) throw wrong()
  return text
}
