import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { readDocument } from '../../../server/readers/index.ts'
import { ReadError } from '../../../server/readers/types.ts'
import { zip } from './files.ts'

const fileOf = (name: string) => readFileSync(new URL(`files/${name}`, import.meta.url))
const read = (bytes: Uint8Array, fileName: string) => readDocument({ bytes, fileName })
const refusal = async (bytes: Uint8Array, fileName: string): Promise<ReadError> => {
  const error: unknown = await read(bytes, fileName).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(ReadError)
  return error as ReadError
}

const NUMBERED = [
  '澄江市人民政府关于建设智慧水利的实施意见',
  '澄政发〔2026〕9号',
  '各县区人民政府，市政府各部门：',
  '一、总体目标',
  '到2028年，全市智慧水利覆盖率达到85%以上。',
  '二、主要任务',
  '（一）建设感知网络',
  '1.布设监测站。2027年底前，新建水位监测站260个。（责任单位：市水利局、市应急管理局）',
  '2.建设算力。2027年6月底前，算力规模达到120P。（牵头单位：市数据局）',
  '（二）培育产业',
  '1.培育企业。到2028年，培育水利科技企业45家。',
  '附件',
  '主要指标表',
  '类别\t指标\t单位\t目标值\t\t责任单位',
  '类别\t指标\t单位\t2027年\t2028年\t责任单位',
  '感知\t监测站\t个\t260\t300\t市水利局',
  '感知\t覆盖率\t%\t80\t85\t市水利局',
  '注：本表由市水利局解释。',
  '算力规模按半精度计。',
]

describe.each(['doc', 'odt', 'rtf'])('a %s file', (form) => {
  test('gives numbers, accepted changes, notes and merged cells, and nothing hidden', async () => {
    const { format, text } = await read(fileOf(`numbered.${form}`), `智慧水利.${form}`)
    // LibreOffice wrote the first heading of the doc into a list of its own.
    const lines = form === 'doc' ? NUMBERED.map((line) => line.replace('二、主', '一、主')) : NUMBERED
    expect(format).toBe(form)
    expect(text.trimEnd().split('\n')).toEqual(lines)
  })

  test('that is cut off gives the error of a broken file, or what there is of it', async () => {
    const bytes = fileOf(`numbered.${form}`)
    for (const share of [0.1, 0.5, 0.9]) {
      const result = await read(bytes.subarray(0, bytes.length * share), `断.${form}`).catch((e: unknown) => e)
      if (result instanceof ReadError) expect(result.message).toContain(`断.${form}`)
      else expect(result).toHaveProperty('text')
    }
  })

  test('with wrong bytes anywhere gives text or the typed error', async () => {
    const bytes = fileOf(`numbered.${form}`)
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 40 }),
        async (changes) => {
          const changed = Buffer.from(bytes)
          for (const [at, byte] of changes) changed[at] = byte
          const result = await read(changed, `坏.${form}`).catch((e: unknown) => e)
          if (!(result instanceof ReadError)) expect(result).toHaveProperty('text')
        },
      ),
      { numRuns: 60 },
    )
  })
})

test('text boxes of a doc stand behind the paragraph that they are anchored in', async () => {
  const { text } = await read(fileOf('boxes.doc'), '要点.doc')
  expect(text.trimEnd().split('\n')).toEqual([
    '霁川市2027年智慧水利工作要点',
    '一、建设感知网络。年底前新建水位监测站260个。',
    '二、培育产业。年底前完成。',
    '专栏：培育水利科技企业45家',
    '三、加强组织实施。',
  ])
})

describe('the demo’s document', () => {
  test.each(['doc', 'rtf'])('as %s gives the same targets as docx', async (form) => {
    const targetsOf = async (bytes: Uint8Array, name: string) =>
      extract((await read(bytes, name)).text).targets.map((target) =>
        target.kind === 'quantity' ? [target.indicator, target.value, target.unit, target.deadline] : [target.task],
      )
    const docx = readFileSync(new URL('../../../seeds/documents/2025-education.docx', import.meta.url))
    const wanted = await targetsOf(docx, 'a.docx')
    expect(wanted.length).toBeGreaterThan(5)
    expect(await targetsOf(fileOf(`2025-education.${form}`), `a.${form}`)).toEqual(wanted)
  })

  test('is what its content is, whatever its name', async () => {
    expect((await read(fileOf('numbered.doc'), '意见.wps')).format).toBe('doc')
    expect((await read(fileOf('numbered.rtf'), '意见.doc')).format).toBe('rtf')
    expect((await read(fileOf('numbered.odt'), '意见.docx')).format).toBe('odt')
  })
})

describe('RTF', () => {
  const textOf = async (body: string) =>
    (await read(Buffer.from(`{\\rtf1\\ansi\\ansicpg936${body}}`, 'latin1'), 'a.rtf')).text

  test.each([
    ['bytes of GBK', "{\\fonttbl{\\f0\\fcharset134 x;}}\\f0 \\'d0\\'c2\\'bd\\'a8 5 \\'b8\\'f6\\par", '新建 5 个\n'],
    ['a second byte that is a letter', "\\'a8D\\'cb\\'ae\\par", '―水\n'],
    ['Unicode with its fallback', "\\u26032?\\u24314\\'3f5\\par", '新建5\n'],
    ['no fallback', '{\\uc0\\u26032\\u24314}\\par', '新建\n'],
    ['hidden and deleted words', 'a{\\v b}{\\deleted c}d\\par', 'ad\n'],
    ['groups that may be dropped', 'a{\\*\\unknown b}c{\\header h}{\\pict ff}\\par', 'ac\n'],
    ['results of fields', '{\\field{\\*\\fldinst HYPERLINK "x"}{\\fldrslt y}}\\par', 'y\n'],
    [
      'rows with merged cells',
      '\\trowd\\clvmgf\\cellx900\\cellx1800\\intbl a\\cell b\\cell\\row\\trowd\\clvmrg\\cellx900\\cellx1800\\intbl \\cell c\\cell\\row\\pard e\\par',
      'a\tb\na\tc\ne\n',
    ],
    ['numbers of lists', '{\\listtext 1.\\tab}a\\par{\\listtext\\bullet\\tab}b\\par', '1.a\nb\n'],
    [
      'text boxes behind their paragraph, without what older readers show of them',
      'a{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 202}}{\\shptxt\\pard b\\par c\\par}}{\\shprslt\\pard b\\par c\\par}}d\\par e\\par',
      'ad\nb\nc\ne\n',
    ],
    [
      'text boxes in cells, which leave the row whole',
      '\\trowd\\cellx900\\cellx1800\\intbl a{\\shp{\\*\\shpinst{\\shptxt\\pard b\\par}}}\\cell c\\cell\\row\\pard d\\par',
      'a b\tc\nd\n',
    ],
    ['text boxes of a file that is cut off', 'a\\par{\\shp{\\*\\shpinst{\\shptxt b', 'a\nb\n'],
  ])('%s', async (_, body, expected) => expect(await textOf(body)).toBe(expected))

  test('nested without end is refused', async () => {
    expect((await refusal(Buffer.from(`{\\rtf1 ${'{'.repeat(20_000)}`, 'latin1'), '深.rtf')).code).toBe('broken')
  })
})

describe('OpenDocument', () => {
  const odt = (content: string, manifest = '<a/>') =>
    zip([
      { name: 'mimetype', data: Buffer.from('application/vnd.oasis.opendocument.text') },
      {
        name: 'content.xml',
        data: Buffer.from(
          `<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s"><office:automatic-styles><style:style style:name="H"><style:text-properties text:display="none"/></style:style></office:automatic-styles><office:body><office:text>${content}</office:text></office:body></office:document-content>`,
        ),
      },
      { name: 'META-INF/manifest.xml', data: Buffer.from(manifest) },
    ])

  test('hidden words and comments are left out, blanks counted', async () => {
    const body =
      '<text:p>甲<text:span text:style-name="H">密</text:span><text:s text:c="2"/>乙<office:annotation><text:p>批注</text:p></office:annotation></text:p>'
    expect((await read(odt(body), 'a.odt')).text).toBe('甲  乙\n')
  })
  test('text boxes stand behind the paragraph that they are anchored in, in cells too', async () => {
    const anchored = (words: string, box: string) =>
      `<text:p>${words}<draw:frame><draw:text-box>${box}</draw:text-box></draw:frame></text:p>`
    const cell = (content: string) => `<table:table-cell>${content}</table:table-cell>`
    const inner = `<table:table><table:table-row>${cell('<text:p>戊</text:p>')}${cell('<text:p>己</text:p>')}</table:table-row></table:table>`
    const body = `${anchored('甲', `<text:p>乙</text:p>${inner}`)}<table:table><table:table-row>${cell(anchored('丙', '<text:p>丁</text:p>'))}${cell('<text:p>庚</text:p>')}</table:table-row></table:table>`
    expect((await read(odt(body), 'a.odt')).text).toBe('甲\n乙\n戊\t己\n丙 丁\t庚\n')
  })
  test('a row that repeats its cell without end is cut', async () => {
    const body =
      '<table:table><table:table-row><table:table-cell table:number-columns-repeated="100000000"><text:p>甲</text:p></table:table-cell></table:table-row></table:table>'
    expect((await read(odt(body), 'a.odt')).text.length).toBeLessThan(1000)
  })
  test('under a password is refused', async () => {
    const manifest = '<manifest><file-entry><encryption-data/></file-entry></manifest>'
    expect((await refusal(odt('<text:p>x</text:p>', manifest), '密.odt')).code).toBe('encrypted')
  })
})

describe('OLE files', () => {
  test('with nothing that is read are refused', async () => {
    const ole = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)])
    expect((await refusal(ole, '旧.doc')).message).toContain('旧.doc')
  })
  test('of Word under a password are told to be', async () => {
    const bytes = Buffer.from(fileOf('numbered.doc'))
    const stream = bytes.indexOf(Buffer.from([0xec, 0xa5]))
    bytes.writeUInt16LE(bytes.readUInt16LE(stream + 0x0a) | 0x0100, stream + 0x0a)
    expect((await refusal(bytes, '密.doc')).code).toBe('encrypted')
  })
})
