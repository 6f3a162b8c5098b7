import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../server/readers/index.ts'

/** A division of tasks of the demo's city, made once: as Word document, and as the PDF that LibreOffice 7.4 prints of it. */
const read = async (name: string) =>
  (await readDocument({ bytes: readFileSync(new URL(`files/${name}`, import.meta.url)), fileName: name })).text

const rowsOf = (text: string) => text.split('\n').filter((line) => line.includes('\t'))

describe('one document in two forms', () => {
  it('has the same rows: cells of several lines, merged cells, tables over pages, three rules only', async () => {
    const [docx, pdf] = await Promise.all([read('division.docx'), read('division.pdf')])
    expect(rowsOf(docx)).toHaveLength(29 + 5 + 3)
    expect(rowsOf(pdf)).toEqual(rowsOf(docx))
  })
  it('has the same paragraphs, whatever lines they are printed on', async () => {
    const plain = (text: string) =>
      text
        .split('\n')
        .map((line) => line.replace(/\s/g, ''))
        .filter((line) => line !== '')
    const [docx, pdf] = await Promise.all([read('division.docx'), read('division.pdf')])
    expect(plain(pdf)).toEqual(plain(docx))
  })
})
