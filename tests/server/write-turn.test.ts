import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { sessions, units } from '../../db/schema/index.ts'
import { buildTestApp, type TestApp } from './helper.ts'

describe('while another connection holds the write lock', () => {
  let folder: string
  let office: TestApp
  let importer: OpenDb
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-turn-'))
    office = await buildTestApp({ path: join(folder, 'test.sqlite') })
    importer = openDatabase(join(folder, 'test.sqlite'))
  })
  afterAll(async () => {
    importer.$client.close()
    await office.close()
    rmSync(folder, { recursive: true, force: true })
  })

  test('a page is read at once, and when the person was last seen is left for later', async () => {
    const cookie = await office.signIn('leader')
    office.clock.advance(120)
    importer.$client.exec('BEGIN IMMEDIATE')
    const started = performance.now()
    const response = await office.inject({ method: 'GET', url: '/api/session', headers: { cookie } })
    expect(response.statusCode).toBe(200)
    expect(performance.now() - started).toBeLessThan(1000) // a statement that waits waits ten seconds
    importer.$client.exec('ROLLBACK')
    const seen = () => office.db.select({ at: sessions.lastSeenAt }).from(sessions).all().map(({ at }) => at)
    expect(seen()).not.toContain(office.clock.now.toISOString())
    await office.inject({ method: 'GET', url: '/api/session', headers: { cookie } })
    expect(seen()).toContain(office.clock.now.toISOString())
  })

  test('a write waits until it is free, and others go on meanwhile', async () => {
    const headers = { cookie: await office.signIn('admin') }
    importer.$client.exec('BEGIN IMMEDIATE')
    let ended = false
    const write = office.inject({ method: 'POST', url: '/api/units', payload: { name: '丙局' }, headers }).then((response) => {
      ended = true
      return response
    })
    await sleep(100)
    expect((await office.inject({ method: 'GET', url: '/api/health' })).statusCode).toBe(200)
    expect(ended).toBe(false)
    importer.$client.exec('ROLLBACK')
    expect((await write).statusCode).toBeLessThan(300)
    expect(office.db.select().from(units).all().map(({ name }) => name)).toContain('丙局')
  })

  test('signing in waits as well', async () => {
    importer.$client.exec('BEGIN IMMEDIATE')
    const signIn = office.signIn('reporter')
    await sleep(100)
    expect((await office.inject({ method: 'GET', url: '/api/health' })).statusCode).toBe(200)
    importer.$client.exec('ROLLBACK')
    expect(await signIn).toContain('zhengbiao=')
  })
})
