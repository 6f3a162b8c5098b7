/**
 * Reading files, with all that reads them: for the processes that do. What only names forms and limits takes forms.ts and types.ts.
 */
import { readFileSync, statSync } from 'node:fs'
import { headOf } from './content.ts'
import { detectForm } from './detect.ts'
import { readDoc } from './doc.ts'
import { readDocx } from './docx/reader.ts'
import { startsAsWordXml } from './docx/starts-as-word-xml.ts'
import { readWordXml } from './docx/word-xml.ts'
import { type FormId, formOf } from './forms.ts'
import { htmlEncoding, htmlToText } from './html.ts'
import { pageOfArchive, startsAsArchive } from './mhtml.ts'
import { readPicture } from './ocr/scans.ts'
import { readOdt } from './odt.ts'
import { readOfd } from './ofd/reader.ts'
import { readPdf } from './pdf/reader.ts'
import { readRtf } from './rtf.ts'
import { readSpreadsheet } from './sheet-text.ts'
import { tabbed } from './tabbed-rows.ts'
import { decodeText } from './text.ts'
import {
  DEFAULT_LIMITS,
  type ReadContext,
  readContext,
  type Reader,
  ReadError,
  type ReadLimits,
  type ReadResult,
  type Source,
} from './types.ts'

/** What reading a file gave, and what it was read as. */
export interface ReadFile extends ReadResult {
  format: FormId
}

const readPage: Reader = async (bytes, { fileName }) => {
  const isArchive = startsAsArchive(headOf(bytes))
  const page = isArchive ? pageOfArchive(bytes) : { bytes, encoding: undefined }
  if (page === null) return { text: '' }
  const text = decodeText({ bytes: page.bytes, fileName }, page.encoding ?? htmlEncoding(page.bytes))
  return { text: await htmlToText(text, fileName) }
}

const readText: Reader = async (bytes, { fileName }) => ({ text: decodeText({ bytes, fileName }) })

/**
 * Who reads which form. Their libraries are loaded with the first file of a kind; our own files must not be: in a worker
 * thread a dynamic import of TypeScript finds no loader.
 */
const READERS: Record<FormId, Reader> = {
  pdf: readPdf,
  docx: tabbed(readDocx),
  doc: tabbed((bytes, context) => (startsAsWordXml(headOf(bytes)) ? readWordXml : readDoc)(bytes, context)),
  odt: tabbed(readOdt),
  rtf: tabbed(readRtf),
  jpg: readPicture,
  png: readPicture,
  tif: readPicture,
  xlsx: readSpreadsheet,
  xls: readSpreadsheet,
  ods: readSpreadsheet,
  csv: readSpreadsheet,
  ofd: readOfd,
  html: readPage,
  md: readText,
  txt: readText,
  typed: readText,
}

/**
 * The bytes of a file that lies somewhere, after a look at how many these are: a file of gigabytes is not loaded to be refused.
 * @throws {ReadError} too-large
 */
export function bytesOfFile(path: string, fileName: string, limits: Readonly<ReadLimits> = DEFAULT_LIMITS): Buffer {
  refuseLarge(statSync(path).size, fileName, limits)
  return readFileSync(path)
}

function refuseLarge(bytes: number, fileName: string, limits: Readonly<ReadLimits>): void {
  if (bytes > limits.bytes)
    throw new ReadError('too-large', fileName, `超过 ${limits.bytes / 1024 / 1024} MB，请拆分后再导入。`)
}

/**
 * Reads a file into text. What it is, its content says. Runs where it is called: files of strangers are read in a bounded
 * worker.
 * @throws {ReadError} for everything that can be wrong with the file
 */
export async function readDocument(source: Source & Partial<ReadContext>): Promise<ReadFile> {
  const { bytes, ...given } = source
  const context = readContext(given)
  const { fileName, limits } = context
  if (bytes.length === 0) throw new ReadError('empty', fileName, '是空文件，请检查后重新选择。')
  refuseLarge(bytes.length, fileName, limits)
  const { id } = await detectForm({ bytes, fileName })
  const result = await READERS[id](bytes, context)
  if (result.text.trim() === '') {
    throw formOf(id).paged
      ? new ReadError('no-text', fileName, '里没有可识别的文字，如是扫描件，请换用更清晰的扫描件。')
      : new ReadError('empty', fileName, '里没有文字，请检查后重新选择。')
  }
  return { format: id, ...result }
}
