import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { readDocument } from '../../../server/readers/index.ts'
import { MAX_FILE_BYTES, ReadError } from '../../../server/readers/types.ts'
import { encryptedPdf, pdf, wordParagraph, wordParts, wordTable, zip } from './files.ts'

const TEXT = '霁川市人民政府办公室\r\n到2027年，公共机构节水器具普及率达到９５％以上。\n（牵头单位：市水务局）\n'
const read = (bytes: Uint8Array, fileName: string) => readDocument({ bytes, fileName })
const refusal = async (bytes: Uint8Array, fileName: string): Promise<ReadError> => {
  const error = await read(bytes, fileName).then(
    () => null,
    (e: unknown) => e,
  )
  expect(error).toBeInstanceOf(ReadError)
  expect((error as ReadError).message).toContain(fileName)
  return error as ReadError
}

describe('text', () => {
  test.each(['utf8', 'gb18030', 'utf16le', 'utf-16be', 'big5'])('in %s is read as it was written', async (encoding) => {
    const text =
      encoding === 'big5'
        ? '本市各級機關應於年底前完成節水器具普及率百分之九十五以上之目標。主辦單位：水務局。\n'
        : TEXT
    expect(await read(iconv.encode(text, encoding), '方案.txt')).toEqual({ format: 'txt', text })
  })
  test.each(['utf8', 'utf16le', 'utf-16be'])('with a mark in %s loses only the mark', async (encoding) => {
    expect((await read(iconv.encode(TEXT, encoding, { addBOM: true }), '方案.txt')).text).toBe(TEXT)
  })
  test('that is short is still read as GB18030', async () => {
    expect((await read(iconv.encode('测试', 'gb18030'), 'a.txt')).text).toBe('测试')
  })
  test('in Markdown keeps its marks', async () => {
    expect(await read(Buffer.from('# 一、目标\n'), '方案.md')).toEqual({ format: 'md', text: '# 一、目标\n' })
  })
  test('longer than the sample, with a character across its edge', async () => {
    const text = `a${'标'.repeat(200_000)}`
    expect((await read(Buffer.from(text), 'a.txt')).text).toBe(text)
  })
})

describe('web pages', () => {
  const PAGE = `<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><h1>通知</h1><p>到2027年，
    普及率<b>95%</b>以上。<br>第二行&nbsp;末</p><script>alert(1)</script>
    <table><tr><th>指标</th><th>2027年</th><th>单位</th></tr>
    <tr><td>普及率</td><td>95%</td><td rowspan="2">市水务局<p>市财政局</p></td></tr><tr><td>漏损率</td><td>8%</td></tr></table></body></html>`
  test('become lines, table rows with tabs, a cell over two rows in both', async () => {
    const { format, text } = await read(Buffer.from(PAGE), '通知.html')
    expect(format).toBe('html')
    expect(text).toBe(
      '通知\n到2027年， 普及率95%以上。\n第二行 末\n指标\t2027年\t单位\n普及率\t95%\t市水务局 市财政局\n漏损率\t8%\t市水务局 市财政局\n',
    )
  })
  test('cells that cover all rows and columns do not widen the rows without end, and no words are lost', async () => {
    const rows = 400
    const { text } = await read(
      Buffer.from(`<html><table>${'<tr><td rowspan=65534 colspan=1000>长'.repeat(rows)}</table></html>`),
      '合并.html',
    )
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(rows)
    for (const line of lines) expect(line.split('\t').length).toBeLessThanOrEqual(1001)
    for (const line of lines) expect(line).toContain('长')
  })
  test('whose tables place parts of the page are read part by part', async () => {
    const paragraphs = Array.from({ length: 12 }, (_, i) => `<p>第${i + 1}段</p>`).join('')
    const facts = '<table><tr><td>索引号</td><td>A-1</td></tr></table>'
    const page = `<html><table width="100%"><tr><td>栏目</td><td>${facts}${paragraphs}</td></tr></table></html>`
    const lines = (await read(Buffer.from(page), 'a.html')).text.trimEnd().split('\n')
    expect(lines.slice(0, 4)).toEqual(['栏目', '索引号\tA-1', '第1段', '第2段'])
    expect(lines).toHaveLength(14)
    const frames = '<table><tr><td>通知</td></tr><tr><td>一、修路。<br>二、架桥。</td></tr></table>'
    const old = `<html><table><tr><td>栏目</td><td>${frames}</td></tr></table></html>`
    expect((await read(Buffer.from(old), 'a.html')).text).toBe('栏目\n通知\n一、修路。\n二、架桥。\n')
    const framed = '<table><tr><td>每季通报</td></tr></table>'
    const row = `<html><table><tr><td>河道</td><td>86公里</td><td>巡查${framed}</td></tr></table></html>`
    expect((await read(Buffer.from(row), 'a.html')).text).toBe('河道\t86公里\t巡查 每季通报\n')
    const broken = `<html><table><tr><td>目标：${'<br>新增学位'.repeat(12)}</td><td></td></tr></table></html>`
    expect((await read(Buffer.from(broken), 'a.html')).text.trimEnd().split('\n')).toHaveLength(13)
  })
  test('are known by their content, whatever the name', async () => {
    expect((await read(Buffer.from(PAGE), '通知.txt')).format).toBe('html')
  })
  test('without the marks of their footnotes', async () => {
    const page =
      '<html><p>产值达到130亿元<a href="#sdfootnote1sym"><sup>1</sup></a>，<a href="#m2">2</a>项</p><p><a href="#_ftnref1">[1]</a>按现价。<a href="#_ftn12"> [12] </a></p></html>'
    expect((await read(Buffer.from(page), 'a.html')).text).toBe('产值达到130亿元，2项\n[1]按现价。\n')
  })
  test('without lists that lead to other pages', async () => {
    const page =
      '<html><p>建成泵站14座。</p><ul><li>见<a href="b.html">附表</a>：修渠9公里</li></ul><h3>相关解读</h3><ul><li><a href="c.html">图解：三年建闸60座</a> 2026-03-21</li><li><span><a href="d.html">新增绿地70公顷</a></span></li></ul><ol><li><a href="#z">清淤8公里</a></li></ol></html>'
    expect((await read(Buffer.from(page), 'a.html')).text).toBe(
      '建成泵站14座。\n见附表：修渠9公里\n相关解读\n1.清淤8公里\n',
    )
  })
  test('in the encoding they declare', async () => {
    const page = '<html><head><meta charset="gb2312"></head><body><p>目标</p></body></html>'
    expect((await read(iconv.encode(page, 'gb18030'), 'a.htm')).text).toBe('目标\n')
  })
  test('nested without end are refused', async () => {
    expect((await refusal(Buffer.from(`<html>${'<div>'.repeat(60_000)}目标`), 'a.html')).code).toBe('broken')
  })
})

describe('Word documents', () => {
  const document = zip(
    wordParts(
      wordParagraph('关于印发方案的通知') +
        wordTable([
          ['任务', '负责单位'],
          ['建成3座', '市水务局'],
        ]),
    ),
  )
  test('become lines, tables rows with tabs', async () => {
    expect(await read(document, '通知.docx')).toEqual({
      format: 'docx',
      text: '关于印发方案的通知\n任务\t负责单位\n建成3座\t市水务局\n',
    })
  })
  test('are known by their content, whatever the name', async () => {
    expect((await read(document, '通知.txt')).format).toBe('docx')
  })
  test('that are cut off are broken', async () => {
    expect((await refusal(document.subarray(0, document.length - 40), '通知.docx')).code).toBe('broken')
  })
  test('that unpack to too much are refused before they are unpacked', async () => {
    const bomb = zip([
      ...wordParts(wordParagraph('x')),
      { name: 'word/media/a.bin', data: new Uint8Array(10), declaredSize: 400 * 1024 * 1024 },
    ])
    expect((await refusal(bomb, '通知.docx')).code).toBe('unpacks-too-large')
  })
  test('that lie about their unpacked size are refused', async () => {
    const parts = wordParts(wordParagraph('x'.repeat(5_000_000)))
    parts[2]!.declaredSize = 1000
    expect((await refusal(zip(parts), '通知.docx')).code).toBe('broken')
  })
  test('under a password are refused', async () => {
    const parts = wordParts(wordParagraph('x')).map((part) => ({ ...part, encrypted: true }))
    expect((await refusal(zip(parts), '通知.docx')).code).toBe('encrypted')
    const ole = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0]),
      Buffer.alloc(600),
      Buffer.from('EncryptedPackage\0', 'utf16le'),
    ])
    expect((await refusal(ole, '密.docx')).code).toBe('encrypted')
  })
  test('without text are empty', async () => {
    expect((await refusal(zip(wordParts('')), '空.docx')).code).toBe('empty')
  })
})

describe('PDF files', () => {
  test('become lines, wide gaps blanks, pages parted', async () => {
    const pages = [
      'BT /F 12 Tf 72 700 Td (By 2027 reach 95%) Tj 0 -20 Td (second line) Tj ET',
      'BT /F 12 Tf 72 700 Td (task) Tj 200 0 Td (bureau) Tj ET',
    ]
    const done: number[] = []
    const result = await readDocument({ bytes: pdf(pages), fileName: 'a.pdf', onProgress: (d) => done.push(d) })
    expect(result).toEqual({
      format: 'pdf',
      text: 'By 2027 reach 95%\nsecond line\n\f\ntask　bureau',
      pages: [
        { number: 1, start: 0, width: 595, height: 842 },
        { number: 2, start: 32, width: 595, height: 842 },
      ],
    })
    expect(done.at(-1)).toBe(1)
  })
  test('under a password are refused', async () =>
    expect((await refusal(encryptedPdf(), '密.pdf')).code).toBe('encrypted'))
  test('that are cut off are broken', async () =>
    expect((await refusal(Buffer.from('%PDF-1.7\nrubbish'), 'a.pdf')).code).toBe('broken'))
  test('without text are scans', async () =>
    expect((await refusal(pdf(['0 0 m 10 10 l S']), '扫描.pdf')).code).toBe('no-text'))
})

describe('refused', () => {
  test('nothing', async () => expect((await refusal(new Uint8Array(), '空.txt')).code).toBe('empty'))
  test('blanks only', async () => expect((await refusal(Buffer.from(' \r\n　\n'), '空.txt')).code).toBe('empty'))
  test('more than 50 MB', async () =>
    expect((await refusal(new Uint8Array(MAX_FILE_BYTES + 1), '大.txt')).code).toBe('too-large'))
  test('a picture that is none', async () => {
    const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), Buffer.alloc(3000)])
    expect((await refusal(png, '图.txt')).code).toBe('broken')
  })
  test('text named as PDF', async () => expect((await refusal(Buffer.from(TEXT), 'a.pdf')).code).toBe('broken'))
  test('a workbook without sheets', async () => {
    expect((await refusal(zip([{ name: 'xl/workbook.xml', data: Buffer.from('<a/>') }]), '表.xlsx')).code).toBe(
      'broken',
    )
  })
  test('a program', async () =>
    expect((await refusal(Buffer.from('MZ\u0000\u0001\u0002\u0003'.repeat(50)), 'a.exe')).code).toBe('wrong-type'))
  test('whatever bytes come in: text or the typed error', async () => {
    const names = fc.constantFrom('a.txt', 'a.html', 'a.docx', 'a.pdf', 'a.md')
    const starts = fc.constantFrom('', '%PDF-1.4\n', 'PK\u0003\u0004', '<html>', '\u00D0\u00CF\u0011\u00E0')
    await fc.assert(
      fc.asyncProperty(names, starts, fc.uint8Array({ maxLength: 400 }), async (fileName, start, bytes) => {
        const result = await read(Buffer.concat([Buffer.from(start, 'latin1'), bytes]), fileName).catch(
          (e: unknown) => e,
        )
        if (!(result instanceof ReadError)) expect(result).toHaveProperty('text')
      }),
      { numRuns: 150 },
    )
  })
})
