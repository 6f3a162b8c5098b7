import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import * as xlsx from '@e965/xlsx'
import { readDocument } from '../../../server/readers/index.ts'
import { ReadError } from '../../../server/readers/types.ts'

const read = (bytes: Uint8Array, fileName: string) => readDocument({ bytes, fileName })
const PAGE =
  '<html><head><meta charset="gb2312"></head><body><p>年底前建成泵站14座。</p><table><tr><td>修渠</td><td>9公里</td></tr></table></body></html>'
const PAGE_TEXT = '年底前建成泵站14座。\n修渠\t9公里\n'

const quoted = (bytes: Buffer) =>
  [...bytes]
    .map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
    .replace(/(.{72})/g, '$1=\r\n')

/** A page with a picture, saved in one file. */
function archive(encoding: string, body: string, type = 'text/html; charset="gb2312"'): Buffer {
  const part = (head: string, content: string) => `--=_Next\r\n${head}\r\n\r\n${content}\r\n`
  return Buffer.from(
    `From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="=_Next"\r\n\r\nIn one file.\r\n${part('Content-Type: image/png\r\nContent-Transfer-Encoding: base64', 'iVBORw0KGgo=')}${part(`Content-Type: ${type}\r\nContent-Transfer-Encoding: ${encoding}`, body)}--=_Next--\r\n`,
    'latin1',
  )
}

describe('what programs give out under the name of a document or workbook', () => {
  const gbk = iconv.encode(PAGE, 'gbk')
  test.each([
    ['an archive in quoted-printable', archive('quoted-printable', quoted(gbk)), '要点.doc'],
    ['an archive in base64', archive('base64', gbk.toString('base64')), '要点.doc'],
    ['an archive as it is', archive('8bit', gbk.toString('latin1')), '要点.mht'],
    [
      'an archive whose page alone tells its encoding',
      archive('base64', gbk.toString('base64'), 'text/html'),
      'a.mhtml',
    ],
    ['a part of a page', Buffer.from(PAGE.replace(/<\/?(?:html|head|body)>|<meta[^>]*>/g, '')), '要点.doc'],
    ['a table alone', Buffer.from('<table><tr><td>修渠</td><td>9公里</td></tr></table>'), '任务.xls'],
  ])('%s is read as the page', async (_, bytes, name) => {
    const { format, text } = await read(bytes, name)
    expect(format).toBe('html')
    expect(PAGE_TEXT.endsWith(text)).toBe(true)
  })

  test('an archive without a page has no text', async () => {
    const error: unknown = await read(archive('8bit', 'x', 'text/plain'), '要点.doc').catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ReadError)
  })

  test('a document of Word 2003 in XML: numbers as written out, accepted changes, merged cells, notes', async () => {
    const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`
    const change = (kind: string, inner: string) =>
      `<aml:annotation w:type="Word.${kind}"><aml:content>${inner}</aml:content></aml:annotation>`
    const note = (text: string) => `<w:r><w:footnote><w:p>${run(text)}</w:p></w:footnote></w:r>`
    const cell = (text: string, more = '') => `<w:tc><w:tcPr>${more}</w:tcPr><w:p>${run(text)}</w:p></w:tc>`
    const body = [
      `<w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><wx:t wx:val="一、"/></w:listPr></w:pPr>${run('建泵站')}${change('Deletion', '<w:r><w:delText>8</w:delText></w:r>')}${change('Insertion', run('14'))}${run('座')}${note('甲注')}${note('乙注')}</w:p>`,
      `<w:tbl><w:tr>${cell('水利', '<w:vmerge w:val="restart"/>')}${cell('修渠')}</w:tr><w:tr>${cell('', '<w:vmerge/>')}${cell('清淤')}</w:tr></w:tbl>`,
      `<w:sectPr><w:hdr><w:p>${run('页眉')}</w:p></w:hdr></w:sectPr>`,
    ].join('')
    const xml = `<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="wx" xmlns:aml="aml"><w:body>${body}</w:body></w:wordDocument>`
    expect(await read(Buffer.from(xml), '要点.doc')).toEqual({
      format: 'doc',
      text: '一、建泵站14座\n水利\t修渠\n水利\t清淤\n注1：甲注\n注2：乙注\n',
    })
    const error: unknown = await read(Buffer.from(xml.slice(0, -80)), '要点.doc').catch((e: unknown) => e)
    expect((error as ReadError).code).toBe('broken')
  })

  test('a workbook of Excel 2003 in XML, and rows with tabs', async () => {
    const rows = [
      ['序号', '工作任务', '目标值'],
      ['1', '新建泵站', '14座'],
    ]
    const text = '序号\t工作任务\t目标值\n1\t新建泵站\t14座\n'
    const book = { SheetNames: ['Sheet1'], Sheets: { Sheet1: xlsx.utils.aoa_to_sheet(rows) } }
    const xml = Buffer.from(xlsx.write(book, { type: 'buffer', bookType: 'xlml' }) as Buffer)
    expect(await read(xml, '任务.xls')).toMatchObject({ format: 'xls', text })
    expect(await read(iconv.encode(text, 'gbk'), '任务.xls')).toMatchObject({ format: 'csv', text })
  })

  test('markup that is none of these is no text', async () => {
    const xml = Buffer.from('<?xml version="1.0"?><form><field>年底前建成泵站14座</field></form>')
    for (const name of ['表单.doc', '表单.txt', '表单.xls']) {
      const error: unknown = await read(xml, name).catch((e: unknown) => e)
      expect(error, name).toBeInstanceOf(ReadError)
    }
  })
})
