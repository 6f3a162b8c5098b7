import * as xlsx from '@e965/xlsx'
import ExcelJS from 'exceljs'
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { extract } from '../../../extractors/extract.ts'
import { readDocument } from '../../../server/readers/index.ts'
import { ReadError } from '../../../server/readers/types.ts'
import { readSheets } from '../../../server/readers/sheets.ts'
import { zip } from './files.ts'

type Rows = ExcelJS.CellValue[][]

/** A workbook whose sheets have these rows and merged areas. */
async function workbook(sheets: Record<string, { rows: Rows; merges?: string[]; formats?: Record<string, string> }>) {
  const book = new ExcelJS.Workbook()
  for (const [name, { rows, merges = [], formats = {} }] of Object.entries(sheets)) {
    const sheet = book.addWorksheet(name)
    sheet.addRows(rows)
    for (const area of merges) sheet.mergeCells(area)
    for (const [cell, format] of Object.entries(formats)) sheet.getCell(cell).numFmt = format
  }
  return Buffer.from(await book.xlsx.writeBuffer())
}

const DAY = new Date(Date.UTC(2026, 11, 31))

const TASKS = {
  rows: [
    ['霁川市2026年重点工作任务分解表'],
    ['序号', '工作任务', '目标要求', '牵头单位', '责任单位', '完成时限', '备注'],
    [1, '农村公路', '新建农村公路120公里', '市交通运输局', '各县区政府', DAY, ''],
    [2, '老旧小区', '改造老旧小区45个', '市住房城乡建设局', '市财政局\n市民政局', '2026年10月底', ''],
    ['二、产业发展'],
    [3, '专精特新', '新增省级专精特新企业30家以上', '市工业和信息化局', '市科技局', '2026年11月30日', ''],
  ] as Rows,
  merges: ['A1:G1', 'A5:G5'],
  formats: { F3: 'yyyy"年"m"月"d"日"' },
}

const INDICATORS = {
  rows: [
    ['霁川市主要指标表'],
    ['类别', '指标名称', '计量单位', 2025, '目标值', null, '责任单位'],
    [null, null, null, null, '2027年', '2030年', null],
    ['创新', '研发经费投入强度', '%', 2.1, 2.5, 3, '市科技局'],
    [null, '高新技术企业数', '家', 120, 150, 200, '市科技局'],
    ['绿色', '森林覆盖率', '%', { formula: '40+1', result: 41 }, 42, 43, '市林业局'],
    [null, '办件网办率', null, 0.6, 0.75, 0.9, '市数据局'],
  ] as Rows,
  merges: ['A1:G1', 'A2:A3', 'B2:B3', 'C2:C3', 'D2:D3', 'G2:G3', 'E2:F2', 'A4:A5', 'A6:A7'],
  formats: { D7: '0%', E7: '0%', F7: '0%' },
}

const TASK_TARGETS = [
  ['新建农村公路', 120, '公里', '2026-12-31', ['市交通运输局'], ['各县区政府']],
  ['改造老旧小区', 45, '个', '2026-10-31', ['市住房城乡建设局'], ['市财政局', '市民政局']],
  ['新增省级专精特新企业', 30, '家', '2026-11-30', ['市工业和信息化局'], ['市科技局']],
]
const INDICATOR_TARGETS = [
  ['研发经费投入强度', 2.5, '%', '2027-12-31', [], ['市科技局']],
  ['研发经费投入强度', 3, '%', '2030-12-31', [], ['市科技局']],
  ['高新技术企业数', 150, '家', '2027-12-31', [], ['市科技局']],
  ['高新技术企业数', 200, '家', '2030-12-31', [], ['市科技局']],
  ['森林覆盖率', 42, '%', '2027-12-31', [], ['市林业局']],
  ['森林覆盖率', 43, '%', '2030-12-31', [], ['市林业局']],
  ['办件网办率', 75, '%', '2027-12-31', [], ['市数据局']],
  ['办件网办率', 90, '%', '2030-12-31', [], ['市数据局']],
]

const read = async (bytes: Uint8Array, fileName: string) => readDocument({ bytes, fileName })
const targetsOf = (text: string) =>
  extract(text).targets.map((target) => [
    ...(target.kind === 'quantity' ? [target.indicator, target.value, target.unit] : [target.task]),
    target.deadline,
    target.lead,
    target.responsible,
  ])

describe('every row of a sheet is found', () => {
  test('tasks with a title, a group row, a real date and two units in a cell', async () => {
    const { format, text } = await read(await workbook({ Sheet1: TASKS }), '分解表.xlsx')
    expect(format).toBe('xlsx')
    expect(targetsOf(text)).toEqual(TASK_TARGETS)
    expect(text).toContain('2026年12月31日')
  })
  test('indicators under a header of two rows, merged categories, formulas and per cents', async () => {
    const { text } = await read(await workbook({ 指标: INDICATORS }), '指标表.xlsx')
    expect(text.split('\n').slice(0, 3)).toEqual([
      '霁川市主要指标表',
      '类别\t指标名称\t计量单位\t2025年\t目标值2027年\t目标值2030年\t责任单位',
      '创新\t研发经费投入强度\t%\t2.1\t2.5\t3\t市科技局',
    ])
    expect(targetsOf(text)).toEqual(INDICATOR_TARGETS)
  })
  test('a group of columns over indicator, value and unit, and days as people type them', async () => {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('任务')
    sheet.addRows([
      ['霁川市2026年水利工作清单'],
      ['序号', '工作任务', '目标', null, null, '责任单位', null, '完成时限'],
      [null, null, '指标', '目标值', '单位', '牵头单位', '配合单位', null],
      ...['20260930', 20260930, '2026.9.30', '2026年9月', '9月底前'].map((due, i) => [
        i + 1,
        '修缮堤防，排查隐患',
        '修缮堤防长度',
        30 + i,
        '公里',
        '市水利局',
        '市财政局',
        due,
      ]),
    ])
    for (const area of ['A2:A3', 'B2:B3', 'C2:E2', 'F2:G2', 'H2:H3']) sheet.mergeCells(area)
    const { text } = await read(Buffer.from(await book.xlsx.writeBuffer()), '清单.xlsx')
    expect(text.split('\n')[1]).toBe(
      '序号\t工作任务\t指标\t目标目标值\t单位\t责任单位牵头单位\t责任单位配合单位\t完成时限',
    )
    const { targets } = extract(text)
    expect(targets.map(({ deadline }) => deadline)).toEqual(Array.from({ length: 5 }, () => '2026-09-30'))
    expect(targets[0]).toMatchObject({
      indicator: '修缮堤防长度',
      value: 30,
      unit: '公里',
      lead: ['市水利局'],
      support: ['市财政局'],
    })
  })
  test('of a table of performance, whose indicators have three levels and thresholds for values', async () => {
    const rows = [
      [null, null, '2026年度绩效目标表'],
      [null, '一级指标', '二级指标', '三级指标', '指标值', '单位'],
      [null, '产出指标', '数量指标', '新建公厕', '≥30', '座'],
      [null, '产出指标', '质量指标', '验收合格率', 100, '%'],
      [null, '效益指标', '社会效益', '受益人口', '≥5', '万人'],
    ] as Rows
    const { text } = await readDocument({ bytes: await workbook({ 绩效: { rows } }), fileName: '绩效.xlsx' })
    expect(extract(text).targets).toMatchObject([
      { indicator: '新建公厕', value: 30, unit: '座' },
      { indicator: '验收合格率', value: 100, unit: '%' },
      { indicator: '受益人口', value: 5, unit: '万人' },
    ])
  })
  test('of several sheets, hidden ones left out', async () => {
    const bytes = await workbook({ 任务: TASKS, 指标: INDICATORS, 选项: { rows: [['办结'], ['在办']] } })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(bytes as unknown as ArrayBuffer)
    book.getWorksheet('选项')!.state = 'hidden'
    const { text } = await read(Buffer.from(await book.xlsx.writeBuffer()), '表.xlsx')
    expect(targetsOf(text)).toEqual([...TASK_TARGETS, ...INDICATOR_TARGETS])
    expect(text).not.toContain('办结')
  })
  test.each([
    ['表.xls', 'biff8', 'xls'],
    ['表.et', 'biff8', 'xls'],
    ['表.ods', 'ods', 'ods'],
  ] as const)('in %s', async (name, bookType, form) => {
    const book = xlsx.read(await workbook({ 指标: INDICATORS }), { type: 'buffer', cellNF: true })
    const { format, text } = await read(xlsx.write(book, { type: 'buffer', bookType }) as Buffer, name)
    expect(format).toBe(form)
    expect(targetsOf(text)).toEqual(INDICATOR_TARGETS)
  })
  test('in a csv whose header takes two rows, of which it keeps no merged cells', async () => {
    const csv = [
      '重点工作任务分解表,,,,,,',
      '序号,重点工作,年度目标,,责任分工,,完成时限',
      ',,指标,目标值,牵头单位,责任单位,',
      '1,河道治理,清淤河道（公里）,86,县水利局,"县自然资源局、县林业局",2026年12月底',
      '2,公共交通,更新公交车（辆）,68,县交通运输局,县财政局,2026年6月底',
    ]
    const { text } = await read(iconv.encode(csv.join('\r\n'), 'gb18030'), '任务.csv')
    const found = extract(text).targets.map(({ deadline, lead, responsible, ...target }) => ({
      ...('value' in target && { indicator: target.indicator, value: target.value, unit: target.unit }),
      ...{ deadline, lead, responsible },
    }))
    expect(found).toEqual([
      {
        ...{ indicator: '清淤河道', value: 86, unit: '公里', deadline: '2026-12-31' },
        ...{ lead: ['县水利局'], responsible: ['县自然资源局', '县林业局'] },
      },
      {
        ...{ indicator: '更新公交车', value: 68, unit: '辆', deadline: '2026-06-30' },
        ...{ lead: ['县交通运输局'], responsible: ['县财政局'] },
      },
    ])
  })

  test.each(['utf8', 'gb18030'])('in csv of %s, with quoted cells', async (encoding) => {
    const csv = '序号,工作任务,牵头单位,完成时限\r\n1,"新建农村公路120公里，惠及3县","市交通运输局",2026年12月31日\r\n'
    const { format, text } = await read(iconv.encode(csv, encoding), '任务.csv')
    expect(format).toBe('csv')
    expect(text).toBe(
      '序号\t工作任务\t牵头单位\t完成时限\n1\t新建农村公路120公里，惠及3县\t市交通运输局\t2026年12月31日\n',
    )
  })
})

describe('readSheets', () => {
  test('gives typed cells, merged areas filled in', async () => {
    const [sheet] = await readSheets(await workbook({ 指标: INDICATORS }), 'a.xlsx')
    const row = sheet!.rows.find(({ number }) => number === 7)!
    expect(row.cells[0]).toEqual({ text: '绿色', number: null, date: null, merged: 'below' })
    expect(row.cells[2]).toBeNull()
    expect(row.cells[4]).toEqual({ text: '75%', number: 0.75, date: null, merged: null })
    const [tasks] = await readSheets(await workbook({ 任务: TASKS }), 'a.xlsx')
    expect(tasks!.rows[2]!.cells[5]).toMatchObject({ date: '2026-12-31', text: '2026年12月31日' })
  })
})

describe('old workbooks', () => {
  const rows = [
    ['序号', '工作任务', '目标值', '完成时限'],
    [1, '新建泵站', '14座', 44_741],
  ]
  const bookOf = (cells: (string | number)[][], format: string): xlsx.WorkBook => {
    const sheet = xlsx.utils.aoa_to_sheet(cells)
    ;(sheet.D2 as xlsx.CellObject).z = format
    return { SheetNames: ['Sheet1'], Sheets: { Sheet1: sheet } }
  }
  const written = (book: xlsx.WorkBook, bookType: xlsx.BookType) =>
    xlsx.write(book, { type: 'buffer', bookType }) as Buffer

  test.each(['xlsx', 'biff8'] as const)('whose days are counted from 1904, as %s', async (type) => {
    const book = { ...bookOf(rows, 'yyyy/m/d'), Workbook: { WBProps: { date1904: true } } }
    expect((await read(written(book, type), '任务.xls')).text).toContain('\t2026年6月30日\n')
  })

  test('of Excel 95, whose words are bytes of GBK', async () => {
    // The library writes no such words: they are put in place of others of the same length.
    const words: Buffer[] = []
    const marked = rows.map((row) =>
      row.map((cell) => {
        if (typeof cell === 'number') return cell
        words.push(iconv.encode(cell, 'gbk'))
        return String.fromCharCode(64 + words.length).repeat(words.at(-1)!.length)
      }),
    )
    const bytes = written(bookOf(marked, 'yyyy/m/d'), 'biff5')
    for (const [i, word] of words.entries())
      word.copy(bytes, bytes.indexOf(String.fromCharCode(65 + i).repeat(word.length), 0, 'latin1'))
    const { format, text } = await read(bytes, '任务.xls')
    expect(format).toBe('xls')
    expect(text).toBe('序号\t工作任务\t目标值\t完成时限\n1\t新建泵站\t14座\t2022年6月29日\n')
  })
})

describe('sheets that are made to break what reads them', () => {
  const sheet = (data: string, more = '') =>
    zip([
      {
        name: '[Content_Types].xml',
        data: Buffer.from(
          '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        ),
      },
      {
        name: '_rels/.rels',
        data: Buffer.from(
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        ),
      },
      {
        name: 'xl/workbook.xml',
        data: Buffer.from(
          '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        ),
      },
      {
        name: 'xl/_rels/workbook.xml.rels',
        data: Buffer.from(
          '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        ),
      },
      {
        name: 'xl/worksheets/sheet1.xml',
        data: Buffer.from(
          `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData>${data}</sheetData>${more}</worksheet>`,
        ),
      },
    ])
  const cell = (at: string, text: string) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`
  const row = (number: number, text: string) => `<row r="${number}">${cell(`A${number}`, text)}</row>`

  test.each([
    ['a row numbered 100000000', row(1, '甲') + row(100_000_000, '乙'), ''],
    ['the last row', row(1, '甲') + row(1_048_576, '乙'), ''],
    [
      'a merged area over everything',
      row(1, '甲') + row(3, '丙'),
      '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ],
    ['many large areas', row(1, '甲'), `<mergeCells>${'<mergeCell ref="A10:XFD20000"/>'.repeat(2000)}</mergeCells>`],
    [
      'a rule over the whole sheet',
      row(1, '甲'),
      '<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a,b"</formula1></dataValidation></dataValidations>',
    ],
    ['the last column', `<row r="1">${cell('A1', '甲')}${cell('XFD1', '乙')}</row>`, ''],
  ])('%s: read at once, what is there', async (_, data, more) => {
    const started = process.cpuUsage()
    const { text } = await read(sheet(data, more), '大.xlsx')
    const used = process.cpuUsage(started)
    expect(text.startsWith('甲')).toBe(true)
    expect(text.length).toBeLessThan(100)
    expect((used.user + used.system) / 1e6).toBeLessThan(3)
  })

  test('under a password are told to be', async () => {
    const book = xlsx.read('a,b', { type: 'string' })
    const bytes = Buffer.from(xlsx.write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer)
    const begin = bytes.indexOf(Buffer.from([0x09, 0x08, 0x10, 0x00]))
    // A record FILEPASS right behind the first, in place of the one that is there.
    bytes.writeUInt16LE(0x2f, begin + 20)
    const error: unknown = await read(bytes, '密.xls').catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ReadError)
    expect(['encrypted', 'broken']).toContain((error as ReadError).code)
  })
})

describe('a table whose header says nothing that is known', () => {
  test('is still rows with cells', async () => {
    const csv = '各县主要指标\n县,总产值增速,投资增速,到位资金\n甲县,6.5%,8%,60\n乙县,7%,9%,85\n'
    const { text } = await readDocument({ bytes: Buffer.from(csv), fileName: '指标.csv' })
    expect(text).toContain('甲县\t6.5%\t8%\t60\n乙县\t7%\t9%\t85')
  })
})
