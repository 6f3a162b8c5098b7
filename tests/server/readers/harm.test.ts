import { readFileSync } from 'node:fs'
import dns from 'node:dns'
import net from 'node:net'
import * as xlsx from '@e965/xlsx'
import { PNG } from 'pngjs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { detectForm } from '../../../server/readers/detect.ts'
import { FILE_FORMS, type FormId } from '../../../server/readers/forms.ts'
import { readDocument } from '../../../server/readers/index.ts'
import { ReadError, type ReadErrorCode } from '../../../server/readers/types.ts'
import { encryptedPdf, pdf, tif, wordParagraph, wordParts, zip } from './files.ts'
import { bytes, layer, ofd, words } from './ofd-files.ts'

/** What may be wrong with a file, in every form that is read: one clear message with its name, and nothing else happens. */

const fileOf = (name: string) => readFileSync(new URL(`files/${name}`, import.meta.url))
const WORDS = '到2027年，公共机构节水器具普及率达到95%以上。'
const BOOK = xlsx.utils.book_new(
  xlsx.utils.aoa_to_sheet([
    ['任务', '单位'],
    [WORDS, '市水利局'],
  ]),
  '任务',
)
const book = (bookType: 'xlsx' | 'biff8' | 'ods') => xlsx.write(BOOK, { type: 'buffer', bookType }) as Buffer
const EMPTY_BOOK = xlsx.utils.book_new(xlsx.utils.aoa_to_sheet([['']]), '空')
const ole = (stream: string) =>
  Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600), Buffer.from(`${stream}\0`, 'utf16le')])
const odt = (body: string, more: { name: string; data: Buffer }[] = []) =>
  zip([
    { name: 'mimetype', data: Buffer.from('application/vnd.oasis.opendocument.text') },
    {
      name: 'content.xml',
      data: Buffer.from(
        `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:draw="d" xmlns:xlink="x"><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
      ),
    },
    ...more,
  ])

const ods = (more: { name: string; data: Buffer }[], hasContent = true) =>
  zip([
    { name: 'mimetype', data: Buffer.from('application/vnd.oasis.opendocument.spreadsheet') },
    ...(hasContent ? [{ name: 'content.xml', data: Buffer.from([1, 2, 3]) }] : []),
    ...more,
  ])

/** A whole file of each form that needs no recognition of pictures. */
const WHOLE: Partial<Record<FormId, Buffer>> = {
  pdf: fileOf('division.pdf'),
  docx: fileOf('division.docx'),
  doc: fileOf('numbered.doc'),
  odt: fileOf('numbered.odt'),
  rtf: fileOf('numbered.rtf'),
  xlsx: book('xlsx'),
  xls: book('biff8'),
  ods: book('ods'),
  csv: Buffer.from(`任务,单位\n${WORDS},市水利局\n`),
  ofd: ofd({ pages: [layer(words('到2027年建成', 30, 40))] }),
  html: Buffer.from(`<html><body><p>${WORDS}</p></body></html>`),
  md: Buffer.from(`# 目标\n${WORDS}\n`),
  txt: Buffer.from(WORDS),
}
const PICTURES: Partial<Record<FormId, Buffer>> = {
  jpg: fileOf('scan.jpg'),
  png: PNG.sync.write(new PNG({ width: 4, height: 4, fill: true })),
  tif: tif([{ width: 4, height: 4, grey: new Uint8Array(16).fill(255) }]),
}
const endingOf = (id: FormId) => FILE_FORMS.find((form) => form.id === id)!.endings[0]!
const BINARY = (Object.keys({ ...WHOLE, ...PICTURES }) as FormId[]).filter(
  (id) => !['csv', 'html', 'md', 'txt'].includes(id),
)

const outcome = (given: Uint8Array, fileName: string) =>
  readDocument({ bytes: given, fileName }).catch((error: unknown) => error)
const expectRefusal = (result: unknown, fileName: string, codes: readonly ReadErrorCode[]) => {
  expect(result).toBeInstanceOf(ReadError)
  const { code, message } = result as ReadError
  expect(codes).toContain(code)
  // One sentence, which begins with the name and ends with what to do.
  expect(message).toMatch(new RegExp(`^《${fileName}》[^\\n]+。$`))
}

test('the table below has every form', () => {
  expect([...Object.keys(WHOLE), ...Object.keys(PICTURES)].sort()).toEqual(
    FILE_FORMS.map(({ id }) => id as string).sort(),
  )
})

describe('the content decides, not the name', () => {
  test.each(BINARY)('%s under every other ending', async (id) => {
    const given = (WHOLE[id] ?? PICTURES[id])!
    for (const { endings } of FILE_FORMS)
      for (const ending of endings) expect((await detectForm({ bytes: given, fileName: `文件${ending}` })).id).toBe(id)
  })
  test.each(BINARY)('a web page named as %s is refused or read as one, never as what it is called', async (id) => {
    const fileName = `登录${endingOf(id)}`
    const page = await outcome(WHOLE.html!, fileName)
    expect(page).toMatchObject({ format: 'html' })
    const rubbish = await outcome(Buffer.from('\u0001\u0002rubbish\u0000'.repeat(40)), fileName)
    expectRefusal(rubbish, fileName, ['broken', 'wrong-type'])
  })
})

describe('nothing in it', () => {
  test.each(FILE_FORMS.map(({ id }) => id))('an empty file named as %s', async (id) => {
    const fileName = `空${endingOf(id as FormId)}`
    expectRefusal(await outcome(new Uint8Array(), fileName), fileName, ['empty'])
  })
  test.each([
    ['空.docx', zip(wordParts('<w:p/>')), 'empty'],
    ['空.odt', odt('<text:p/>'), 'empty'],
    ['空.rtf', Buffer.from('{\\rtf1\\ansi\\par}'), 'empty'],
    ['空.xlsx', xlsx.write(EMPTY_BOOK, { type: 'buffer', bookType: 'xlsx' }) as Buffer, 'empty'],
    ['空.csv', Buffer.from(',,\n,,\n'), 'empty'],
    ['空.html', Buffer.from('<html><body><p> </p></body></html>'), 'empty'],
    ['空.pdf', pdf(['']), 'no-text'],
    ['空.ofd', ofd({ pages: [layer('')] }), 'no-text'],
    ['空.png', PICTURES.png!, 'no-text'],
    ['空.tif', PICTURES.tif!, 'no-text'],
  ] as const)('%s has no words', async (fileName, given, code) => {
    expectRefusal(await outcome(given, fileName), fileName, [code])
  })
})

describe('cut off', () => {
  test.each(Object.keys(WHOLE) as FormId[])('%s: what there is of it, or the message', async (id) => {
    const fileName = `断${endingOf(id)}`
    for (const share of [0.02, 0.4, 0.97]) {
      const given = WHOLE[id]!.subarray(0, Math.ceil(WHOLE[id]!.length * share))
      const result = await outcome(given, fileName)
      if (result instanceof Error)
        expectRefusal(result, fileName, ['broken', 'empty', 'no-text', 'wrong-type', 'encrypted'])
      else expect(result).toHaveProperty('text')
    }
  })
})

describe('packed files that are no document', () => {
  test.each([
    ['里层.zip', zip([{ name: '方案.txt', data: Buffer.from(WORDS) }]), /压缩包里的压缩包.*先解压/],
    ['包.rar', Buffer.from('Rar!\u001A\u0007\u0001\u0000', 'latin1'), /rar 或 7z.*zip/],
    ['包.7z', Buffer.from("7z\u00BC\u00AF'\u001C\u0000\u0004", 'latin1'), /rar 或 7z.*zip/],
  ])('%s says so', async (fileName, given, message) => {
    const result = await outcome(given, fileName)
    expectRefusal(result, fileName, ['wrong-type'])
    expect((result as Error).message).toMatch(message)
  })
})

describe('under a password', () => {
  test.each([
    ['密.pdf', encryptedPdf()],
    ['密.docx', ole('EncryptedPackage')],
    ['密.xlsx', ole('EncryptedPackage')],
    ['密.et', ole('EncryptedPackage')],
    ['锁.docx', zip(wordParts(wordParagraph('x')).map((part) => ({ ...part, encrypted: true })))],
    [
      '密.odt',
      odt('<text:p>x</text:p>', [{ name: 'META-INF/manifest.xml', data: Buffer.from('<m><encryption-data/></m>') }]),
    ],
    ['密.ods', ods([{ name: 'META-INF/manifest.xml', data: Buffer.from('<m><encryption-data/></m>') }])],
    ['全密.ods', ods([{ name: 'encrypted-package', data: Buffer.from([7, 7, 7]) }], false)],
    ['密.ofd', ofd({ pages: [layer('')], more: [{ name: 'Encryptions.xml', data: bytes('<a/>') }] })],
  ])('%s', async (fileName, given) => {
    expectRefusal(await outcome(given, fileName), fileName, ['encrypted'])
  })
})

describe('macros and references to elsewhere', () => {
  afterEach(() => vi.restoreAllMocks())
  const PROGRAM = { name: 'vbaProject.bin', data: Buffer.from('Sub AutoOpen() Shell "calc.exe" End Sub') }
  const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const rels = (name: string, type: string, target: string) => ({
    name,
    data: Buffer.from(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r9" Type="${REL}/${type}" Target="${target}" TargetMode="External"/></Relationships>`,
    ),
  })
  const HOST = 'http://evil.example/a'

  test.each([
    ['宏.docm', zip([...wordParts(wordParagraph(WORDS)), { ...PROGRAM, name: 'word/vbaProject.bin' }]), 'docx'],
    [
      '模板.docx',
      zip([
        ...wordParts(`${wordParagraph(WORDS)}<w:altChunk r:id="r9" xmlns:r="${REL}"/>`),
        rels('word/_rels/document.xml.rels', 'aFChunk', HOST),
        rels('word/_rels/settings.xml.rels', 'attachedTemplate', HOST),
      ]),
      'docx',
    ],
    [
      '图.odt',
      odt(`<text:p>${WORDS}<draw:frame><draw:image xlink:href="${HOST}.png"/></draw:frame></text:p>`, [
        { ...PROGRAM, name: 'Basic/Standard/Module1.xml' },
      ]),
      'odt',
    ],
    [
      '对象.rtf',
      Buffer.from(
        `{\\rtf1\\ansi{\\field{\\*\\fldinst INCLUDEPICTURE "${HOST}"}{\\fldrslt}}{\\object\\objautlink{\\*\\objdata 0105}}by 2027 95%\\par}`,
      ),
      'rtf',
    ],
    [
      '网页.html',
      Buffer.from(
        `<html><head><base href="${HOST}"><script src="${HOST}.js"></script><link rel="stylesheet" href="${HOST}.css"></head><body><img src="${HOST}.png"><iframe src="${HOST}"></iframe><p>${WORDS}</p></body></html>`,
      ),
      'html',
    ],
    ['公式.csv', Buffer.from(`任务,单位\n"=WEBSERVICE(""${HOST}"")",=cmd|'/c calc'!A1\n${WORDS},市水利局\n`), 'csv'],
    [
      '动作.pdf',
      pdf(['BT /F 12 Tf 72 700 Td (By 2027 reach 95%) Tj ET'], `/OpenAction << /S /URI /URI (${HOST}) >>`),
      'pdf',
    ],
    [
      '外链.ofd',
      ofd({
        pages: [layer(words('到2027年建成', 30, 40) + `<ofd:ImageObject ResourceID="3" Boundary="0 0 9 9"/>`)],
        common: `<ofd:PublicRes>${HOST}</ofd:PublicRes>`,
      }),
      'ofd',
    ],
  ])('%s: its words are read, nothing is run and nobody is asked', async (fileName, given, format) => {
    const asked = [vi.spyOn(net.Socket.prototype, 'connect'), vi.spyOn(dns, 'lookup'), vi.spyOn(globalThis, 'fetch')]
    const result = await readDocument({ bytes: given, fileName })
    expect(result.format).toBe(format)
    expect(result.text).toContain('2027')
    expect(result.text).not.toMatch(/AutoOpen|evil\.example\/a\.(?:js|css|png)|0105/)
    for (const spy of asked) expect(spy).not.toHaveBeenCalled()
  })
  test('a workbook with macros and formulas: their stored values, and no formula', async () => {
    const sheet = xlsx.utils.aoa_to_sheet([
      ['任务', '目标值', '单位'],
      ['新建站点', 0, '个'],
    ])
    sheet.B2 = { t: 'n', v: 260, f: `WEBSERVICE("${HOST}")+[1]Sheet1!A1` }
    const given = xlsx.write(
      { ...xlsx.utils.book_new(sheet, '表'), vbaraw: PROGRAM.data },
      { type: 'buffer', bookType: 'xlsm' },
    ) as Buffer
    const { text } = await readDocument({ bytes: given, fileName: '宏.xlsm' })
    expect(text).toContain('新建站点\t260\t个')
    expect(text).not.toMatch(/WEBSERVICE|AutoOpen/)
  })
})
