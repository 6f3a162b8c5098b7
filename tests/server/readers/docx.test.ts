import { describe, expect, it } from 'vitest'
import { readDocument } from '../../../server/readers/index.ts'
import { wordParagraph as p, wordParts, zip } from './files.ts'

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

async function lines(body: string, parts: Record<string, string> = {}): Promise<string[]> {
  const extra = Object.entries(parts).map(([name, text]) => ({ name: `word/${name}.xml`, data: Buffer.from(text) }))
  const { text } = await readDocument({ bytes: zip([...wordParts(body), ...extra]), fileName: '通知.docx' })
  return text.trimEnd().split('\n')
}

const level = (at: number, format: string, text: string, more = '') =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`
const CHINESE =
  level(0, 'chineseCountingThousand', '%1、', '<w:pStyle w:val="H1"/>') +
  level(1, 'chineseCounting', '（%2）') +
  level(2, 'decimal', '%3.') +
  level(3, 'decimalEnclosedCircle', '%4')
const numbering = (nums: string) =>
  `<w:numbering ${W}><w:abstractNum w:abstractNumId="0">${CHINESE}</w:abstractNum><w:abstractNum w:abstractNumId="1">${level(0, 'decimal', '%1')}${level(1, 'decimal', '%1.%2')}</w:abstractNum>${nums}</w:numbering>`
const NUMBERING = numbering(
  '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="5"/></w:lvlOverride></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>',
)
const STYLES = `<w:styles ${W}><w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="H1"/></w:style><w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`
const item = (text: string, at: number, num = 1) =>
  `<w:p><w:pPr><w:numPr><w:ilvl w:val="${at}"/><w:numId w:val="${num}"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
const styled = (text: string, style: string, more = '') =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/>${more}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`

describe('numbers of lists', () => {
  const parts = { numbering: NUMBERING, styles: STYLES }

  it('are written out, and begin again behind a higher level', async () => {
    expect(
      await lines(
        item('甲', 0) +
          item('乙', 1) +
          item('丙', 2) +
          item('丁', 2) +
          item('戊', 1) +
          item('己', 2) +
          item('庚', 3) +
          item('辛', 0),
        parts,
      ),
    ).toEqual(['一、甲', '（一）乙', '1.丙', '2.丁', '（二）戊', '1.己', '①庚', '二、辛'])
  })
  it('go on where plain text stands between, and empty items count', async () => {
    expect(await lines(item('甲', 2) + p('文字') + item('', 2) + item('乙', 2), parts)).toEqual([
      '1.甲',
      '文字',
      '3.乙',
    ])
  })
  it('begin where a list of the same definition overrides the start', async () => {
    expect(await lines(item('甲', 2) + item('乙', 2, 2) + item('丙', 2, 2) + item('丁', 2), parts)).toEqual([
      '1.甲',
      '5.乙',
      '6.丙',
      '7.丁',
    ])
  })
  it('come from styles and those they are based on, unless the paragraph says no', async () => {
    const out = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    expect(await lines(styled('甲', 'H1') + styled('乙', 'Sub') + styled('丙', 'H1', out), parts)).toEqual([
      '一、甲',
      '二、乙',
      '丙',
    ])
  })
  it('of several levels are parted from the words', async () => {
    expect(await lines(item('甲', 0, 3) + item('乙', 1, 3) + item('丙', 1, 3), parts)).toEqual([
      '1 甲',
      '1.1 乙',
      '1.2 丙',
    ])
  })
  it('count in cells of tables', async () => {
    const row = (text: string) =>
      `<w:tr><w:tc>${item('', 0, 3).replace('<w:t></w:t>', '<w:t> </w:t>')}</w:tc><w:tc>${item(text, 0, 3)}</w:tc></w:tr>`
    expect(
      (await lines(`<w:tbl>${row('甲')}${row('乙')}</w:tbl>`, parts)).map((line) => line.split('\t').at(-1)),
    ).toEqual(['2 甲', '4 乙'])
  })
  it.each([
    ['was moved away', '<w:rPr><w:moveFrom/></w:rPr>', '<w:moveFrom><w:r><w:t>甲</w:t></w:r></w:moveFrom>'],
    ['was deleted', '<w:rPr><w:del/></w:rPr>', '<w:del><w:r><w:delText>甲</w:delText></w:r></w:del>'],
    ['is hidden', '<w:rPr><w:vanish/></w:rPr>', '<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r>'],
  ])('do not count a paragraph that %s', async (_, end, run) => {
    const gone = `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>${end}</w:pPr>${run}</w:p>`
    expect(await lines(item('子', 0) + gone + item('丑', 0), parts)).toEqual(['一、子', '二、丑'])
  })
  it.each([
    ['decimalFullWidth', 12, '１２'],
    ['chineseCountingThousand', 10, '十'],
    ['chineseCountingThousand', 21, '二十一'],
    ['chineseCountingThousand', 105, '一百零五'],
    ['chineseLegalSimplified', 3, '叁'],
    ['ideographTraditional', 2, '乙'],
    ['upperRoman', 9, 'IX'],
    ['lowerLetter', 27, 'aa'],
    ['decimalEnclosedCircle', 21, '㉑'],
    ['decimalZero', 7, '07'],
    ['noSuchFormat', 7, '7'],
  ])('in %s: %i is %s', async (format, n, words) => {
    const own = `<w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="${n}"/><w:numFmt w:val="${format}"/><w:suff w:val="nothing"/><w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
    expect(await lines(item('。', 0), { numbering: own })).toEqual([`${words}。`])
  })
})

describe('what Word shows', () => {
  const r = (text: string, pr = '') => `<w:r><w:rPr>${pr}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`
  it.each([
    [
      'changes are accepted',
      `<w:p>${r('达到')}<w:del><w:r><w:delText>80</w:delText></w:r></w:del><w:ins>${r('90')}</w:ins>${r('%')}</w:p>`,
      ['达到90%'],
    ],
    [
      'moved text stands where it went',
      `<w:p><w:moveFrom>${r('甲')}</w:moveFrom>${r('乙')}</w:p><w:p><w:moveTo>${r('甲')}</w:moveTo></w:p>`,
      ['乙', '甲'],
    ],
    [
      'a paragraph whose end was deleted runs on',
      `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${r('前')}</w:p><w:p>${r('后')}</w:p>`,
      ['前后'],
    ],
    [
      'hidden text is not shown',
      `<w:p>${r('见')}${r('不见', '<w:vanish/>')}${r('也见', '<w:vanish w:val="0"/>')}</w:p>`,
      ['见也见'],
    ],
    [
      'fields give their results',
      `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r('7')}<w:r><w:fldChar w:fldCharType="end"/></w:r>${r('页')}</w:p>`,
      ['7页'],
    ],
    [
      'text boxes once, behind their paragraph',
      `<w:p>${r('正文')}<w:r><AlternateContent><Choice><w:txbxContent>${p('框内')}</w:txbxContent></Choice><Fallback><w:txbxContent>${p('框内')}</w:txbxContent></Fallback></AlternateContent></w:r></w:p>`,
      ['正文', '框内'],
    ],
    [
      'hidden words of a text box hide nothing behind it',
      `<w:p><w:r><w:t>甲</w:t><w:txbxContent><w:p>${r('密', '<w:vanish/>')}</w:p></w:txbxContent><w:t>乙</w:t></w:r></w:p>`,
      ['甲乙'],
    ],
    [
      'a table ends a paragraph whose own end was deleted',
      `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>${r('表前')}</w:p><w:tbl><w:tr><w:tc>${p('子')}</w:tc><w:tc>${p('丑')}</w:tc></w:tr></w:tbl>${p('表后')}`,
      ['表前', '子\t丑', '表后'],
    ],
    [
      'a prompt of a control is none of the text',
      `<w:p>${r('单位：')}</w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${p('单击此处输入')}</w:sdtContent></w:sdt>`,
      ['单位：'],
    ],
    ['a line break is one', `<w:p>${r('上')}<w:r><w:br/></w:r>${r('下')}</w:p>`, ['上', '下']],
    [
      'comments leave nothing',
      `<w:p><w:commentRangeStart w:id="1"/>${r('正文')}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>`,
      ['正文'],
    ],
  ])('%s', async (_what, body, expected) => {
    expect(await lines(body)).toEqual(expected)
  })

  it('notes stand at the end, in the order of the text', async () => {
    const notes = `<w:footnotes ${W}><w:footnote w:type="separator" w:id="0">${p('----')}</w:footnote><w:footnote w:id="1">${p('后一个')}</w:footnote><w:footnote w:id="2">${p('先一个')}</w:footnote></w:footnotes>`
    const ref = (id: number) => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`
    expect(await lines(`<w:p>${r('甲')}${ref(2)}${r('乙')}${ref(1)}</w:p>`, { footnotes: notes })).toEqual([
      '甲乙',
      '注1：先一个',
      '注2：后一个',
    ])
  })
})

describe('tables', () => {
  const cell = (text: string, pr = '') => `<w:tc><w:tcPr>${pr}</w:tcPr>${p(text)}</w:tc>`
  const FIRST = '<w:vMerge w:val="restart"/>'
  const ON = '<w:vMerge/>'
  it('with merged cells: over rows repeated, over columns followed by empty ones', async () => {
    const table = `<w:tbl><w:tr>${cell('类别', FIRST)}${cell('目标', '<w:gridSpan w:val="2"/>')}${cell('单位', FIRST)}</w:tr><w:tr>${cell('', ON)}${cell('2026年')}${cell('2030年')}${cell('', ON)}</w:tr></w:tbl>`
    expect(await lines(table)).toEqual(['类别\t目标\t\t单位', '类别\t2026年\t2030年\t单位'])
  })
  it('in a cell of another stand below its row', async () => {
    const inner = `<w:tbl><w:tr>${cell('a')}${cell('b')}</w:tr></w:tbl>`
    expect(await lines(`<w:tbl><w:tr>${cell('甲')}<w:tc>${p('乙')}${inner}<w:p/></w:tc></w:tr></w:tbl>`)).toEqual([
      '甲\t乙',
      'a\tb',
    ])
  })
  it('of one column only frame their text; deleted rows are gone', async () => {
    const box = `<w:tbl><w:tr><w:tc>${p('第一段')}${p('第二段')}</w:tc></w:tr></w:tbl>`
    const cut = `<w:tbl><w:tr>${cell('1')}${cell('留')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>${cell('2')}${cell('删')}</w:tr></w:tbl>`
    expect(await lines(box + p('间') + cut)).toEqual(['第一段', '第二段', '间', '1\t留'])
  })
})
