import { type Reader, ReadError } from '../types.ts'
import { walkXml } from '../xml.ts'
import { openPackage } from '../zip.ts'
import { Body } from './body.ts'
import { Numbering } from './numbering.ts'
import { Styles } from './styles.ts'

/**
 * The text of a Word document as Word shows it with all changes accepted: a paragraph a line with the number of its list, a
 * table row a line with tabs between its cells, text boxes behind the paragraph they are anchored in, notes at the end.
 * Pictures, comments, hidden text, heads and feet of pages are left out.
 * @throws {ReadError}
 */
export const readDocx: Reader = async (bytes, context) => {
  const { fileName } = context
  const zip = await openPackage({ bytes, fileName }, context)
  try {
    const styles = new Styles(await zip.part('word/styles.xml'))
    const body = new Body(styles, new Numbering(await zip.part('word/numbering.xml'), styles))
    for (const name of ['word/document.xml', 'word/footnotes.xml', 'word/endnotes.xml']) {
      const part = await zip.part(name)
      if (part !== null) walkXml(part, body)
    }
    const notes = [...new Set(body.references)].map((id) => body.notes.get(id) ?? [])
    const lines = [
      ...body.lines,
      ...notes.flatMap((note, i) => note.map((line, k) => (k === 0 ? `注${i + 1}：${line.trim()}` : line))),
    ]
    return { text: lines.length === 0 ? '' : `${lines.join('\n')}\n` }
  } catch (error) {
    if (error instanceof ReadError) throw error
    throw new ReadError('broken', fileName, '已损坏，无法打开，请用 Word 或 WPS 打开并另存为 docx 后再导入。')
  }
}
