import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documents, files, targets } from '../../../../db/schema/index.ts'
import type { ImportJob } from '../../../../server/documents/schemas.ts'
import { filesDir } from '../../../../server/paths.ts'
import { buildOffice, type Office } from '../../supervision/office.ts'

const TEXT =
  '关于印发规划的通知\n一、目标\n到2026年，森林覆盖率达到60%以上。（牵头单位：甲局）\n到2026年，新建公里数达到100公里。\n'

/** Through the process that reads files: the file of the office was read by a version that found nothing in it. */
describe('重新读取 over the API', () => {
  let office: Office
  let folder: string
  const fileId = 1
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-reread-'))
    office = await buildOffice({ path: join(folder, 'test.sqlite') })
    mkdirSync(filesDir(office.dataDir), { recursive: true })
    writeFileSync(join(filesDir(office.dataDir), 'a'.repeat(64)), TEXT)
  })
  afterAll(async () => {
    await office.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const call = (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    payload?: object,
    person: 'supervisor' | 'leader' = 'supervisor',
  ) => office.injectAs(person, { method, url: `/api/files/${fileId}/${path}`, ...(payload ? { payload } : {}) })
  async function ended(job: ImportJob): Promise<ImportJob> {
    for (let tries = 0; tries < 1000; tries++) {
      const now = (await office.get('supervisor', `/api/imports/${job.id}`)).json<ImportJob>()
      if (now.finishedAt !== null) return now
      await sleep(50)
    }
    throw new Error('the job does not end')
  }

  it('reads, shows, is put away, reads again and is confirmed', async () => {
    expect((await call('POST', 'reread', undefined, 'leader')).statusCode).toBe(403)
    expect((await call('GET', 'reread')).json()).toEqual({ item: null })
    const started = await call('POST', 'reread')
    expect(started.statusCode).toBe(202)
    // a second one is the same one
    expect((await call('POST', 'reread')).json<ImportJob>().id).toBe(started.json<ImportJob>().id)
    expect(await ended(started.json())).toMatchObject({
      purpose: 'reread',
      status: 'done',
      fileId,
      fileName: '公报.txt',
    })
    expect(office.db.select().from(targets).all()).toEqual([])

    const shown = (await call('GET', 'reread')).json().item
    expect(shown).toMatchObject({ fileId, fileName: '公报.txt', changes: { textChanged: true, kept: 0 } })
    expect(shown.changes.added.count).toBeGreaterThanOrEqual(2)
    expect((await call('DELETE', 'reread')).statusCode).toBe(204)
    expect((await call('GET', 'reread')).json()).toEqual({ item: null })

    await ended((await call('POST', 'reread')).json())
    const { digest } = (await call('GET', 'reread')).json().item
    expect((await call('POST', 'reread/confirm', { digest: 'f'.repeat(64) })).statusCode).toBe(409)
    const job = await ended((await call('POST', 'reread/confirm', { digest })).json())
    expect(job).toMatchObject({
      purpose: 'apply',
      status: 'done',
      message: expect.stringContaining('已按新的读取结果更新'),
    })
    expect(office.db.select().from(targets).all().length).toBe(shown.changes.added.count)
    expect(office.db.select().from(files).where(eq(files.id, fileId)).get()).toMatchObject({
      rawText: TEXT,
      reading: 2,
    })
    expect(office.db.select().from(documents).all()).toHaveLength(1)
    // the counts know of it at once
    const { items } = (await office.get('supervisor', '/api/documents')).json()
    expect(items[0].unconfirmed).toBe(shown.changes.added.count)
  })

  it('is not confirmed while the file is being read again: it says so, and the reading goes on', async () => {
    // Long enough that it is still being read when the confirmation comes.
    const long = TEXT + '到2027年，新建泵站达到12座。\n'.repeat(3000)
    writeFileSync(join(filesDir(office.dataDir), 'a'.repeat(64)), long)
    await ended((await call('POST', 'reread')).json())
    const { digest } = (await call('GET', 'reread')).json().item
    const reading = (await call('POST', 'reread')).json<ImportJob>()
    const refused = await call('POST', 'reread/confirm', { digest })
    expect([refused.statusCode, refused.json().detail]).toEqual([409, '这份文件正在处理，请稍候再试。'])
    expect(await ended(reading)).toMatchObject({ purpose: 'reread', status: 'done' })
    expect(await ended((await call('POST', 'reread/confirm', { digest })).json())).toMatchObject({
      purpose: 'apply',
      status: 'done',
    })
  })
})
