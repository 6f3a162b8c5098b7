import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import yauzl from 'yauzl'
import { auditLog, targets } from '../../../db/schema/index.ts'
import { filesDir } from '../../../server/paths.ts'
import { remember } from '../remember.ts'
import { buildOffice, type Office } from '../supervision/office.ts'
import { multipart } from '../reports/multipart.ts'

let office: Office
beforeEach(async () => {
  office = await buildOffice()
})
afterEach(() => office.close())

/** Files of a zip by name. */
async function unzip(bytes: Buffer): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>()
  const zip = await yauzl.fromBufferPromise(bytes, { lazyEntries: true })
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = []
    for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer)
    files.set(entry.fileName, Buffer.concat(chunks))
  }
  return files
}

describe('the ledger', () => {
  it('goes out as CSV, cell by cell, with formulas neutralised and 0 as 0', async () => {
    await office.signedTarget({ indicator: '=SUM(A1)', value: 0, op: '<=', unit: '起', baselineValue: null })
    await office.signedTarget({ indicator: '含"引号",逗号\n和换行' })
    const { body, headers } = await office.get('supervisor', '/api/exports/targets?format=csv&sort=id')
    expect(headers['content-disposition']).toContain('attachment')
    const lines = body.replace('\uFEFF', '').split('\r\n')
    expect(lines[0]).toBe(
      '编号,类别,指标,目标,比较方式,目标值,目标上限,计量单位,口径,周期,完成时限,办理状态,亮灯,人工亮灯,最新数据,数据截止日期,进度（%）,序时进度（%）,缺基期,牵头单位,责任单位,配合单位,来源类别,文号,来源,条款,可信度',
    )
    expect(lines[1]).toMatch(/^1,量化指标,'=SUM\(A1\),不高于0起,不高于,0,,起,水平,,2026-12-31,已签收,/)
    expect(body).toContain('"含""引号"",逗号\n和换行"')
  })

  it('goes out with the columns that were chosen, in their order', async () => {
    await office.signedTarget({ indicator: '森林面积', value: 7.5, measure: 'growth', per: 'year' })
    const { body } = await office.get(
      'supervisor',
      '/api/exports/targets?format=csv&columns=deadline,target,indicator,deadline',
    )
    expect(body.replace('\uFEFF', '').split('\r\n').slice(0, 2)).toEqual([
      '编号,完成时限,目标,比较方式,目标值,目标上限,计量单位,口径,周期,指标',
      '1,2026-12-31,每年增幅不低于7.5%,不低于,7.5,,%,增幅,每年,森林面积',
    ])
    expect((await office.get('supervisor', '/api/exports/targets?columns=passwords')).statusCode).toBe(400)
  })

  it('goes out as xlsx over many pages, filtered like the list, and only what the person may see', async () => {
    const own = await office.signedTarget()
    const { id: _id, ...row } = office.db.select().from(targets).get()!
    for (let i = 0; i < 1200; i++)
      office.db
        .insert(targets)
        .values({ ...row, indicator: `指标${i}` })
        .run()
    remember(office.db)
    const load = async (person: 'supervisor' | 'reporter', query: string) => {
      const response = await office.get(person, `/api/exports/targets?${query}`)
      expect(response.statusCode).toBe(200)
      const book = new ExcelJS.Workbook()
      await book.xlsx.load(response.rawPayload as never)
      return book.worksheets[0]!
    }
    const sheet = await load('supervisor', 'sort=id')
    expect(sheet.rowCount).toBe(2 + 1201)
    expect([...new Set(sheet.getColumn(1).values.slice(3))]).toHaveLength(1201)
    expect((await load('supervisor', `ids=${own}`)).rowCount).toBe(3)
    expect((await load('reporter', 'sort=id')).rowCount).toBe(3)
    expect(
      office.db
        .select()
        .from(auditLog)
        .all()
        .filter((a) => a.action === 'export.targets'),
    ).toHaveLength(3)
  })
})

describe('everything', () => {
  it('goes out as open files, without secrets, and leaves nothing behind', async () => {
    const id = await office.signedTarget()
    const { record } = await office.done('reporter', id, 'draft', { value: 0, asOf: '2026-06-30' })
    await office.injectAs('reporter', {
      method: 'POST',
      url: `/api/reports/${record!.id}/attachments`,
      ...multipart([{ name: '证明.pdf', bytes: Buffer.from('%PDF-1.4') }]),
    })
    expect((await office.get('supervisor', '/api/exports/everything')).statusCode).toBe(403)
    const response = await office.get('admin', '/api/exports/everything')
    expect(response.statusCode).toBe(200)
    const files = await unzip(response.rawPayload)
    const text = (name: string) => files.get(name)!.toString('utf8')
    expect(
      text('tables/targets.jsonl')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ id, indicator: '森林覆盖率', value: 60 }])
    expect(JSON.parse(text('tables/reports.jsonl'))).toMatchObject({ value: 0, as_of: '2026-06-30' })
    expect(text('tables/audit_log.csv')).toContain('target.accept')
    expect([...files.keys()].filter((name) => name.startsWith('files/'))).toHaveLength(1)
    expect(files.has('tables/sessions.csv')).toBe(false)
    const all = [...files]
      .filter(([name]) => name.startsWith('tables/'))
      .map(([, data]) => data.toString('utf8'))
      .join('')
    expect(all.includes('argon2')).toBe(false)
    expect(all.includes('password_hash')).toBe(false)
    expect(readdirSync(join(office.dataDir, 'exports'))).toEqual([])
  })

  it('is given up where the download is broken off, and leaves nothing behind', async () => {
    // More than fits into the connection on its way: the end is not reached before it is broken off.
    mkdirSync(filesDir(office.dataDir), { recursive: true })
    writeFileSync(join(filesDir(office.dataDir), 'a'.repeat(64)), randomBytes(60 * 1024 * 1024))
    const cookie = await office.signIn('admin')
    const address = await office.app.listen({ port: 0, host: '127.0.0.1' })
    const copies = () => readdirSync(join(office.dataDir, 'exports'))
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      get(`${address}/api/exports/everything`, { headers: { cookie }, agent: false }, resolve).once('error', reject)
    })
    expect(copies()).toHaveLength(1)
    response.destroy()
    await expect.poll(copies).toEqual([])
  })
})
