import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { get, type IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { targets } from '../../db/schema/index.ts'
import { exportsDir } from '../../server/paths.ts'
import { remember } from '../server/remember.ts'
import { buildOffice, type Office } from '../server/supervision/office.ts'
import { printFigures } from './figures.ts'

const ROWS = 3_000

let folder: string
let office: Office
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zhengbiao-exports-'))
  office = await buildOffice({ path: join(folder, 'zhengbiao.sqlite') })
  const first = office.target(office.addTarget())
  const { id: _id, ...fields } = first
  office.db.$client.transaction(() => {
    for (let i = 1; i < ROWS; i++)
      office.db
        .insert(targets)
        .values({ ...fields, indicator: `第${i}项` })
        .run()
  })()
  remember(office.db)
})
afterEach(async () => {
  await office.close()
  rmSync(folder, { recursive: true, force: true })
})

it('an export over a slow line is whole, whatever is done to the lights meanwhile', async () => {
  const address = await office.app.listen({ port: 0, host: '127.0.0.1' })
  const cookie = await office.signIn('supervisor')
  const response = await new Promise<IncomingMessage>((resolve, reject) =>
    get(`${address}/api/exports/targets?format=csv&asOf=2026-06-30`, { headers: { cookie } }, resolve).on(
      'error',
      reject,
    ),
  )
  expect(response.statusCode).toBe(200)
  let bytes = 0
  let lines = 0
  let pieces = 0
  for await (const chunk of response) {
    bytes += (chunk as Buffer).length
    lines += (chunk as Buffer).toString('latin1').split('\n').length - 1
    if (pieces++ === 0) {
      const lights = { behindPoints: 20, dueSoonDays: 10, reportGraceDays: 5 }
      const payload = { lights: { value: lights, version: 0 } }
      expect((await office.injectAs('admin', { method: 'PUT', url: '/api/settings', payload })).statusCode).toBe(200)
      for (let day = 1; day <= 14; day++)
        await office.get('supervisor', `/api/overview?asOf=2025-01-${String(day).padStart(2, '0')}`)
    }
  }
  printFigures('an export while the lights are thrown away', { rows: lines - 1, of: ROWS, bytes })
  expect(lines).toBe(ROWS + 1)
  expect(bytes).toBe(Number(response.headers['content-length']))
  await expect.poll(() => readdirSync(exportsDir(office.dataDir))).toEqual([])
})
