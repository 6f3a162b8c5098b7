import { connect } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { buildApp } from '../../server/app.ts'
import { csvLine } from '../../server/csv.ts'
import { hasControls } from '../../server/printable.ts'
import { notify } from '../../server/core/notify.ts'
import { notifications } from '../../db/schema/index.ts'
import { buildTestApp, type TestApp } from '../server/helper.ts'
import { buildOffice } from '../server/supervision/office.ts'
import { multipart } from '../server/reports/multipart.ts'
import { printFigures } from './figures.ts'

let test: TestApp
afterEach(() => test?.close())

describe('signs that are none', () => {
  it.each(['a\u0000b', '\u0007', 'x\u001B[31m', '\u0085'])('are refused in bodies, queries and paths', async (text) => {
    test = await buildTestApp()
    const coded = encodeURIComponent(text)
    expect((await test.injectAs('supervisor', { url: `/api/targets?q=${coded}` })).json()).toMatchObject({
      status: 400,
      errors: [{ path: 'q' }],
    })
    expect((await test.injectAs('supervisor', { url: `/api/documents?q=${coded}` })).statusCode).toBe(400)
    const unit = await test.injectAs('admin', { method: 'POST', url: '/api/units', payload: { name: `局${text}局` } })
    expect(unit.json()).toMatchObject({ status: 400, errors: [{ path: 'name' }] })
  })

  it.each(['甲\n乙局', '甲\u2028乙局', '局\u202Egpj.exe'])(
    'nor line breaks or turned text in a name: %j',
    async (name) => {
      test = await buildTestApp()
      expect((await test.injectAs('admin', { method: 'POST', url: '/api/units', payload: { name } })).statusCode).toBe(
        400,
      )
    },
  )

  it('that stand in the database already make no file unreadable and no line of a mail', async () => {
    const office = await buildOffice()
    test = office
    const id = await office.signedTarget({
      indicator: '森\u0001林\u000B覆\uFFFE盖率\n2. 伪造的一行',
      unit: '＝\u0001个\uFFFE',
    })
    const template = await office.get('reporter', '/api/reports/template')
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(template.rawPayload as never)
    const row = JSON.stringify(book.worksheets[0]!.getRow(4).values)
    expect(row).toContain('森林覆盖率')
    expect(row).toContain("'＝个")
    const calendar = (await office.get('reporter', '/api/calendar/limits.ics')).body
    expect(calendar).toContain('森林覆盖率')
    expect(hasControls(calendar)).toBe(false) // line breaks are none
    const order = await office.done('supervisor', id, 'issue-order', {
      color: 'blue',
      text: '请办理',
      dueOn: '2026-07-10',
    })
    const docx = await office.get('supervisor', `/api/orders/${order.record!.id}/docx`)
    expect(docx.statusCode).toBe(200)
    const { default: mammoth } = await import('mammoth')
    expect((await mammoth.extractRawText({ buffer: docx.rawPayload })).value).toContain('森林覆盖率')
    notify(office.db, {
      kind: 'due',
      causeKey: 'x',
      text: '事项“一\n2. 二”到期',
      to: { office: true },
      at: '2026-06-30T00:00:00Z',
    })
    expect(
      office.db
        .select()
        .from(notifications)
        .all()
        .every(({ text }) => !text.includes('\n')),
    ).toBe(true)
  })

  it('leave the name of an uploaded file', async () => {
    test = await buildTestApp()
    const answer = await test.injectAs('supervisor', {
      method: 'POST',
      url: '/api/imports',
      ...multipart([{ name: '公报\u202Etxt.exe', bytes: Buffer.from('正文') }]),
    })
    expect(answer.json().items[0].fileName).toBe('公报txt.exe')
  })

  it.each(['=1+1', '＝1+1', '＋1', '－1', '＠SUM(A1)', '\u0001=1+1'])('no cell begins with %j', (text) => {
    expect(csvLine([text])).toMatch(/^'/)
  })
})

it('a search has so many words and no more', async () => {
  test = await buildTestApp()
  const words = (n: number) => Array.from({ length: n }, (_, i) => `字${i}`).join('%20')
  expect((await test.injectAs('supervisor', { url: `/api/targets?q=${words(8)}` })).statusCode).toBe(200)
  expect((await test.injectAs('supervisor', { url: `/api/targets?q=${words(9)}` })).json()).toMatchObject({
    status: 400,
    errors: [{ path: 'q' }],
  })
})

describe('a slow line', () => {
  /** Sends a body in pieces with pauses; answers the status, or what the connection ended with. */
  async function send(piece: Buffer, pieces: number, pause: number): Promise<string> {
    const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-slow-'))
    const database = openDatabase(':memory:')
    const app = await buildApp({
      database,
      dataDir: folder,
      limits: false,
      slowRequests: { lookEvery: 1_000, leastBytes: 500 },
    })
    try {
      await app.listen({ port: 0, host: '127.0.0.1' })
      const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
      let answer = ''
      const ended = new Promise<void>((resolve) => {
        socket.on('data', (data) => {
          answer += data.toString()
          if (answer.includes('\r\n\r\n')) resolve()
        })
        socket.on('close', () => resolve())
        socket.on('error', () => resolve())
      })
      socket.write(
        `POST /api/session HTTP/1.1\r\nHost: x\r\nX-Requested-With: zhengbiao\r\nContent-Type: application/json\r\nContent-Length: ${piece.length * pieces}\r\n\r\n`,
      )
      for (let i = 0; i < pieces && !socket.destroyed && answer === ''; i++) {
        socket.write(piece)
        await new Promise((resolve) => setTimeout(resolve, pause))
      }
      await ended
      socket.destroy()
      return answer.split('\r\n')[0]!
    } finally {
      await app.close()
      database.$client.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }

  it('has the time that its bytes take, and next to nothing is cut off', async () => {
    const honest = await send(Buffer.alloc(2_000, ' '), 20, 100)
    const drip = await send(Buffer.alloc(1, ' '), 40, 100)
    printFigures('slow lines', { honest, drip })
    expect(honest).toContain(' 400 ') // it was read to its end: blanks are no JSON
    expect(drip).toContain(' 408 ')
  })
})
