import ExcelJS from 'exceljs'
import mammoth from 'mammoth'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readDocument } from '../../../server/readers/index.ts'
import { draftWords } from '../../../server/bulletins/words.ts'
import { parsePeriod } from '../../../db/domain/period.ts'
import { buildOffice, type Office } from '../supervision/office.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice({ now: '2026-04-01T02:00:00.000Z' })
})
afterEach(() => office.close())

async function approved(id: number, value: number, asOf: string) {
  const { record } = await office.done('reporter', id, 'draft', { value, asOf })
  await office.done('reporter', id, 'submit', {
    reportId: record!.id,
    confirm: ['jump', 'order-of-magnitude', 'wrong-direction'],
  })
  await office.done('supervisor', id, 'approve', { reportId: record!.id })
}
const post = (person: 'supervisor' | 'leader' | 'reporter', url: string, payload: object) =>
  office.injectAs(person, { method: 'POST', url, payload })

/** Three targets of 甲局: one completed in June, one overdue since 1 June, one on its way. */
async function quarter(late = '污水处理率') {
  const done = await office.signedTarget({ indicator: '=HYPERLINK("http://x","建成率")' })
  const overdue = await office.signedTarget({ indicator: late, deadline: '2026-05-31' })
  await office.signedTarget({ indicator: '绿化率', deadline: '2027-12-31' })
  office.clock.now = new Date('2026-06-20T02:00:00.000Z')
  await approved(done, 62, '2026-06-20')
  await office.done('supervisor', overdue, 'urge', { text: '请抓紧' })
  office.clock.now = new Date('2026-07-02T02:00:00.000Z')
  return { done, overdue }
}

describe('the first wording', () => {
  const lights = { doneOnTime: 0, doneLate: 0, overdue: 0, behind: 0, due_soon: 0, normal: 0, unreported: 0 }
  const figures = (total: number, some: Partial<typeof lights>) =>
    ({
      ...{
        asOf: '2026-06-30',
        total,
        lights: { ...lights, ...some },
        completed: [],
        overdue: [],
        units: [],
        ranking: [],
      },
      ...{ instructions: [], formulaText: '' },
    }) as unknown as Parameters<typeof draftWords>[0]
  const words = (total: number, some: Partial<typeof lights>) =>
    draftWords(figures(total, some), parsePeriod('2026-06')!)

  it('names no lights that nothing has', () => {
    expect(words(3, { normal: 1, doneOnTime: 2 }).opening).toBe(
      '截至2026年6月30日，纳入督查台账的事项共3项，其中已完成2项，占66.7%；正常推进1项。现将2026年6月有关情况通报如下。',
    )
    expect(words(2, { doneLate: 2 }).opening).toContain('其中已完成2项（逾期完成2项），占100%。')
    expect(words(0, {}).opening).toBe('截至2026年6月30日，还没有纳入督查台账的事项。')
  })

  it('asks of units what there is to do', () => {
    expect(words(1, { normal: 1 }).closing).toBe('请各单位对照本通报，在办事项按计划推进，按时报送进展情况。')
    expect(words(2, { overdue: 1, behind: 1 }).closing).toBe(
      '请各单位对照本通报，逾期事项逐项说明原因、明确措施和完成时限，滞后事项加快推进，按时报送进展情况。',
    )
  })
})

describe('periods', () => {
  it('reads months and quarters', () => {
    expect(parsePeriod('2024-02')).toMatchObject({ first: '2024-02-01', last: '2024-02-29', title: '2024年2月' })
    expect(parsePeriod('2026-Q4')).toMatchObject({ first: '2026-10-01', last: '2026-12-31', title: '2026年第四季度' })
    for (const text of ['2026-13', '2026-Q5', '2026', 'x']) expect(parsePeriod(text)).toBeNull()
  })
})

describe('通报', () => {
  it('takes its figures from the data as they stood at the end of the period', async () => {
    const { done, overdue } = await quarter()
    const bulletin = (await post('supervisor', '/api/bulletins', { period: '2026-Q2' })).json()
    expect(bulletin.figures).toMatchObject({
      asOf: '2026-06-30',
      total: 3,
      lights: { doneOnTime: 1, overdue: 1 },
      units: [{ name: '甲局', total: 3 }],
      completed: [{ id: done, late: false, reported: { value: 62, asOf: '2026-06-20' } }],
      overdue: [{ id: overdue, since: '2026-06-01' }],
      // two items count, and the formula asks for three
      ranking: [{ name: '甲局', group: null, rank: null, total: 2, events: { urge: 1, lateSignature: 0 } }],
    })
    expect(bulletin.words.opening).toContain('截至2026年6月30日，纳入督查台账的事项共3项，其中已完成1项')
    const april = (await post('supervisor', '/api/bulletins', { period: '2026-04' })).json()
    expect(april.figures).toMatchObject({ asOf: '2026-04-30', completed: [], overdue: [] })
    expect((await post('supervisor', '/api/bulletins', { period: '2026-Q4' })).statusCode).toBe(400)
    expect((await post('leader', '/api/bulletins', { period: '2026-Q2' })).statusCode).toBe(403)
  })

  it('counts a target for the units that the overview counts it for: who leads, and who answers where nobody leads', async () => {
    const led = office.addTarget({}, [
      { role: 'lead', name: '甲局' },
      { role: 'responsible', name: '乙局' },
    ])
    const answered = office.addTarget({}, [{ role: 'responsible', name: '乙局' }])
    for (const id of [led, answered]) {
      await office.done('supervisor', id, 'accept')
      await office.done('supervisor', id, 'assign', { reportFrequency: 'quarterly' })
    }
    office.clock.now = new Date('2026-07-02T02:00:00.000Z')
    const totals = (units: { name: string; total: number }[]) => units.map((unit) => [unit.name, unit.total]).sort()
    const { figures } = (await post('supervisor', '/api/bulletins', { period: '2026-Q2' })).json()
    expect(totals(figures.units)).toEqual([
      ['乙局', 1],
      ['甲局', 1],
    ])
    expect(totals(figures.units)).toEqual(
      totals((await office.get('leader', '/api/overview?asOf=2026-06-30')).json().units),
    )
  })

  it('is edited, issued with a number, kept as issued, and freezes the ranking with its formula', async () => {
    await quarter()
    const { id } = (await post('supervisor', '/api/bulletins', { period: '2026-Q2' })).json()
    const patch = (payload: object) =>
      office.injectAs('supervisor', { method: 'PATCH', url: `/api/bulletins/${id}`, payload })
    expect((await patch({ version: 1, words: { closing: '请抓紧落实。' } })).json()).toMatchObject({
      version: 2,
      words: { closing: '请抓紧落实。' },
    })
    expect((await patch({ version: 1, title: '另一题目' })).json()).toMatchObject({
      code: 'version-conflict',
      current: { version: 2 },
    })
    expect((await office.get('leader', `/api/bulletins/${id}`)).statusCode).toBe(404)
    expect((await office.get('reporter', '/api/rankings?period=2026-Q2')).statusCode).toBe(404)
    const live = (await office.get('leader', '/api/rankings?period=2026-Q2')).json()
    expect(live).toMatchObject({ frozenAt: null, rows: [{ name: '甲局' }] })
    const issued = (await post('supervisor', `/api/bulletins/${id}/issue`, { version: 2 })).json()
    expect(issued).toMatchObject({ status: 'issued', number: '督查通报〔2026〕1号' })
    expect((await patch({ version: 3, title: '改不了' })).statusCode).toBe(409)
    expect((await post('supervisor', `/api/bulletins/${id}/refresh`, { version: 3 })).statusCode).toBe(409)

    const settings = (await office.get('admin', '/api/settings')).json()
    expect(JSON.stringify(settings)).toContain('doneLate')
    office.db.$client
      .prepare(`INSERT INTO settings (key, value, version, updated_at) VALUES ('ranking', ?, 1, 'x')`)
      .run(
        JSON.stringify({
          points: { doneOnTime: 1, doneLate: 1, normal: 1, due_soon: 1, behind: 1, overdue: 1, unreported: 1 },
          minus: { urge: 0, returned: 0, lateSignature: 0, yellowOrder: 0, redOrder: 0 },
        }),
      )
    const frozen = (await office.get('reporter', '/api/rankings?period=2026-Q2')).json()
    expect(frozen).toMatchObject({
      frozenAt: office.clock.now.toISOString(),
      formulaText: live.formulaText,
      rows: live.rows,
    })
    expect((await office.get('leader', '/api/rankings?period=2026-06')).json().formulaText).not.toBe(live.formulaText)
    // Printed years later, it still bears the office's name of then.
    office.db.$client
      .prepare(
        `INSERT INTO settings (key, value, version, updated_at) VALUES ('office', '{"name":"改名后的督查室"}', 1, 'x')`,
      )
      .run()
    expect((await office.get('reporter', `/api/bulletins/${id}`)).json().office).toBe('政府督查室')
    const second = (await post('supervisor', '/api/bulletins', { period: '2026-Q2' })).json()
    expect((await post('supervisor', `/api/bulletins/${second.id}/issue`, { version: 1 })).json().code).toBe(
      'period-frozen',
    )
    expect((await office.get('reporter', '/api/bulletins')).json().items.map((b: { id: number }) => b.id)).toEqual([id])
  })

  it('goes out as docx in the layout of official documents', async () => {
    await quarter('城镇生活污水处理率、再生水利用率和污泥无害化处置率达到规划要求的比例')
    const { id } = (await post('supervisor', '/api/bulletins', { period: '2026-Q2' })).json()
    await post('supervisor', `/api/bulletins/${id}/issue`, { version: 1 })
    const response = await office.get('reporter', `/api/bulletins/${id}/docx`)
    expect(response.headers['content-disposition']).toContain('attachment')
    const { text } = await readDocument({ bytes: response.rawPayload, fileName: '通报.docx' })
    expect(text).toContain('关于2026年第二季度督查事项完成情况的通报')
    expect(text).toContain('督查通报〔2026〕1号')
    expect(text).toContain('城镇生活污水处理率')
    expect(text).toContain('2026年7月2日')
    const { value } = await mammoth.convertToHtml({ buffer: response.rawPayload })
    expect(value.match(/<table>/g)).toHaveLength(4)
    expect(text).toMatch(/签发：\s*supervisor/)
    expect(text).toContain('附件：1．各单位事项亮灯情况')
    const xml = await documentXml(response.rawPayload)
    expect(/<w:pgSz [^>]*>/.exec(xml)?.[0]).toContain('w:w="11905" w:h="16837"')
    // A list that needs it lies across, each annex on a page of its own, the head on each page of it.
    expect(xml.match(/w:orient="landscape"/g)).toHaveLength(2)
    expect(xml.match(/<w:sectPr/g)).toHaveLength(5)
    expect(xml.match(/<w:tblHeader/g)).toHaveLength(4)
    expect(/<w:pgMar [^>]*>/.exec(xml)?.[0]).toContain('w:top="2097" w:right="1474" w:bottom="1984" w:left="1587"')
    // 页码: 4号宋体 with a dash on either side, on odd pages at the right and on even ones at the left.
    const footers = await Promise.all(
      ['word/footer1.xml', 'word/footer2.xml'].map((name) => documentXml(response.rawPayload, name)),
    )
    for (const footer of footers) expect(footer).toMatch(/— .*PAGE.* —/s)
    expect(footers.map((footer) => /<w:jc w:val="(\w+)"/.exec(footer)?.[1]).sort()).toEqual(['left', 'right'])
    for (const footer of footers) expect(footer).toContain('<w:sz w:val="28"/>')
    expect(await documentXml(response.rawPayload, 'word/settings.xml')).toContain('w:evenAndOddHeaders')
    for (const part of [
      'w:eastAsia="仿宋_GB2312"',
      'w:eastAsia="黑体"',
      'w:eastAsia="方正小标宋简体"',
      'w:line="579" w:lineRule="exact"',
      'w:tblHeader',
    ])
      expect(xml.includes(part), part).toBe(true)
  })

  const sheetsOf = async (id: number) => {
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((await office.get('supervisor', `/api/bulletins/${id}/xlsx`)).rawPayload as never)
    return book.worksheets
  }

  it('goes out as a workbook with the 批示 to units; those to the office alone are counted and told to nobody', async () => {
    const instruct = (text: string, to: object) => post('leader', '/api/instructions', { text, ...to })
    await instruct('请研究人选', { toOffice: true })
    await instruct('请抓紧清淤', { unitIds: [office.unitIds.own], toOffice: true })
    office.clock.now = new Date('2026-07-02T02:00:00.000Z')
    const bulletin = (await post('supervisor', '/api/bulletins', { period: '2026-Q2' })).json()
    expect(JSON.stringify(bulletin)).not.toContain('请研究人选')
    expect(bulletin.words.opening).toContain('领导批示2件，已办0件，在办2件，超期0件（其中交各单位办理的1件清单附后）')
    const [sheet] = await sheetsOf(bulletin.id)
    expect([sheet!.name, sheet!.getRow(3).getCell(3).value]).toEqual(['领导批示', '请抓紧清淤'])
    expect(sheet!.rowCount).toBe(3)
  })

  it('about a period without anything is a workbook all the same', async () => {
    const { id } = (await post('supervisor', '/api/bulletins', { period: '2026-03' })).json()
    expect((await sheetsOf(id)).map(({ name }) => name)).toEqual(['各单位'])
  })

  it('goes out as xlsx with nothing that would run as a formula', async () => {
    await quarter()
    const { id } = (await post('supervisor', '/api/bulletins', { period: '2026-Q2' })).json()
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((await office.get('supervisor', `/api/bulletins/${id}/xlsx`)).rawPayload as never)
    expect(book.worksheets.map((s) => s.name)).toEqual(['各单位', '新完成', '逾期', '考核排名'])
    const cell = book.getWorksheet('新完成')!.getRow(3).getCell(1)
    expect(cell.formula).toBeUndefined()
    expect(cell.value).toBe(`'=HYPERLINK("http://x","建成率")`)
    expect(book.getWorksheet('新完成')!.getRow(3).getCell(4).value).toBe(62)
    expect(book.getWorksheet('考核排名')!.getRow(1).getCell(1).value).toContain('得分＝')
    // the longest names of groups and units stand on one line
    const [group, , unit] = [1, 2, 3].map((column) => book.getWorksheet('考核排名')!.getColumn(column).width)
    expect(group).toBeGreaterThanOrEqual(24)
    expect(unit).toBeGreaterThanOrEqual(36)
    for (const sheet of book.worksheets) {
      expect(sheet.pageSetup, sheet.name).toMatchObject({
        paperSize: 9,
        fitToPage: true,
        fitToWidth: 1,
        fitToHeight: 0,
      })
      expect(sheet.pageSetup.printTitlesRow, sheet.name).toMatch(/^\$?\d+:\$?\d+$/)
      expect(sheet.headerFooter.oddFooter, sheet.name).toContain('&P')
    }
    expect(book.getWorksheet('逾期')!.pageSetup.orientation).toBe('landscape')
  })
})

/** A part of a docx, unpacked by the reader of the test's own. */
async function documentXml(bytes: Buffer, part = 'word/document.xml'): Promise<string> {
  const yauzl = (await import('yauzl')).default
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== part) continue
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    return Buffer.concat(chunks).toString('utf8')
  }
  throw new Error(`no ${part}`)
}
