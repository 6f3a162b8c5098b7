import { EVIDENCE_FORMS, EVIDENCE_FORMS_IN_WORDS, type EvidenceForm } from '../../db/domain/evidence-forms.ts'
import { looksLikeText } from '../readers/text.ts'
import { type Source, ReadError } from '../readers/types.ts'
import { checkUnpackedSize, zipNames } from '../readers/zip.ts'
import { endingOf } from '../readers/content.ts'

/** Largest evidence file, in bytes. */
export const MAX_EVIDENCE_BYTES = 20 * 1024 * 1024
/** Most evidence files of one report. */
export const MAX_EVIDENCE_FILES = 20

/** First bytes of the forms that have such. */
const STARTS: Partial<Record<EvidenceForm, readonly number[]>> = {
  pdf: [...Buffer.from('%PDF-')],
  png: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  jpg: [0xff, 0xd8, 0xff],
}
/** The part that makes a zip what it is. The forms that are neither here nor above are texts. */
const PARTS: Partial<Record<EvidenceForm, string>> = {
  docx: 'word/document.xml',
  xlsx: 'xl/workbook.xml',
  ofd: 'OFD.xml',
}

const startsAs = (bytes: Uint8Array, start: readonly number[]): boolean => start.every((byte, i) => bytes[i] === byte)

/**
 * Media type of an evidence file by its content. The extension must say the same, so that nobody opens one thing as another.
 * A zip is only taken as a known document, and only where it unpacks to a bearable size.
 * @throws {ReadError} empty, wrong-type, broken, encrypted or unpacks-too-large, with a Chinese message naming the file
 */
export async function evidenceType(source: Source): Promise<string> {
  const { bytes, fileName } = source
  const extension = endingOf(fileName)
  if (bytes.length === 0) throw new ReadError('empty', fileName, '是空文件，请重新选择。')
  const form = EVIDENCE_FORMS.find(({ endings }) => (endings as readonly string[]).includes(extension))
  if (form === undefined || !(await isOfForm(form.title, source)))
    throw new ReadError(
      'wrong-type',
      fileName,
      `不是可以上传的类型，或内容与扩展名不符；请上传 ${EVIDENCE_FORMS_IN_WORDS} 文件。`,
    )
  return form.mediaType
}

async function isOfForm(form: EvidenceForm, source: Source): Promise<boolean> {
  const { bytes } = source
  const start = STARTS[form]
  if (start !== undefined) return startsAs(bytes, start)
  const part = PARTS[form]
  if (part === undefined) return !Object.values(STARTS).some((other) => startsAs(bytes, other)) && looksLikeText(bytes)
  if (!startsAs(bytes, [0x50, 0x4b]) || !(await zipNames(source)).includes(part)) return false
  await checkUnpackedSize(source)
  return true
}
