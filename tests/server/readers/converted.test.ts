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

describe('tables in tables', () => {
  const LINES = [
    '分工方案',
    '一、总体要求',
    '到2026年，新增就业5万人。',
    '新建\t30公里',
    '改建\t20公里',
    '二、任务',
    '间',
    '序号\t任务\t单位',
    '1\t修路：\t市交通局',
    '新建\t30公里',
    '改建\t20公里',
    '2\t架桥\t市水利局',
    '末',
  ]
  it.each(['docx', 'doc', 'odt', 'rtf', 'html'])(
    'a frame is left out, rows in a cell stand below its own: %s',
    async (form) => expect((await read(`nested.${form}`)).trimEnd().split('\n')).toEqual(LINES),
  )
})
