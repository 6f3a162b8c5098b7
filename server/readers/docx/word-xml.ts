import { type Reader, ReadError } from '../types.ts'
import { walkXml } from '../xml.ts'
import { Body } from './body.ts'
import { Numbering } from './numbering.ts'
import { Styles } from './styles.ts'

/**
 * The text of a document of Word 2003 in XML: its paragraphs and tables are those of docx, the numbers of its lists are written
 * out beside them.
 */
export const readWordXml: Reader = async (bytes, { fileName }) => {
  const styles = new Styles(null)
  const body = new Body(styles, new Numbering(null, styles))
  try {
    walkXml(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), body)
  } catch {
    throw new ReadError('broken', fileName, '已损坏，无法打开，请用 Word 或 WPS 打开并另存为 docx 后再导入。')
  }
  const notes = [...body.notes.values()].flat()
  const lines = [...body.lines, ...notes.map((line, i) => `注${i + 1}：${line.trim()}`)]
  return { text: lines.map((line) => `${line}\n`).join('') }
}
