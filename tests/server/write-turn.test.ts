import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenDb, openDatabase } from '../../db/open.ts'
import { sessions, settings, units } from '../../db/schema/index.ts'
import { runNightly } from '../../server/backup/nightly.ts'
import { channelsFrom } from '../../server/reminders/channels.ts'
import { readWorkingDays } from '../../server/core/working-days.ts'
import { dueDay, isDone, runDaily } from '../../server/reminders/daily.ts'
import { deliver } from '../../server/reminders/jobs.ts'
import { inTurn } from '../../server/write-turn.ts'
import { spansOn } from '../../db/light-spans.ts'
import { inTransaction } from '../../db/transaction.ts'
import { applyThresholds } from '../../server/core/new-thresholds.ts'
import { writeSetting } from '../../server/settings/store.ts'
import { buildOffice, type Office } from './supervision/office.ts'

/** A statement that waits inside SQLite waits as long as this, and nothing else of the server runs meanwhile. */
const SQLITE_WAIT_MS = 10_000

describe('while another connection holds the write lock', () => {
  let folder: string
  let office: Office
  let importer: OpenDb
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-turn-'))
    office = await buildOffice({ path: join(folder, 'test.sqlite') })
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
    expect(performance.now() - started).toBeLessThan(SQLITE_WAIT_MS)
    importer.$client.exec('ROLLBACK')
    const seen = () =>
      office.db
        .select({ at: sessions.lastSeenAt })
        .from(sessions)
        .all()
        .map(({ at }) => at)
    expect(seen()).not.toContain(office.clock.now.toISOString())
    await office.inject({ method: 'GET', url: '/api/session', headers: { cookie } })
    expect(seen()).toContain(office.clock.now.toISOString())
  })

  test('a write waits until it is free, and others go on meanwhile', async () => {
    const headers = { cookie: await office.signIn('admin') }
    importer.$client.exec('BEGIN IMMEDIATE')
    let ended = false
    const write = office
      .inject({ method: 'POST', url: '/api/units', payload: { name: '丙局' }, headers })
      .then((response) => {
        ended = true
        return response
      })
    await sleep(100)
    expect((await office.inject({ method: 'GET', url: '/api/health' })).statusCode).toBe(200)
    expect(ended).toBe(false)
    importer.$client.exec('ROLLBACK')
    expect((await write).statusCode).toBeLessThan(300)
    expect(
      office.db
        .select()
        .from(units)
        .all()
        .map(({ name }) => name),
    ).toContain('丙局')
  })

  test('signing in waits as well', async () => {
    importer.$client.exec('BEGIN IMMEDIATE')
    const signIn = office.signIn('reporter')
    await sleep(100)
    expect((await office.inject({ method: 'GET', url: '/api/health' })).statusCode).toBe(200)
    importer.$client.exec('ROLLBACK')
    expect(await signIn).toContain('zhengbiao=')
  })

  /** Runs a job while the lock is held, looks that others are answered meanwhile, lets go and waits for its end. */
  async function whileLocked(job: () => Promise<unknown>) {
    importer.$client.exec('BEGIN IMMEDIATE')
    let ended = false
    const done = job().then((result) => {
      ended = true
      return result
    })
    const started = performance.now()
    await sleep(100)
    expect((await office.inject({ method: 'GET', url: '/api/health' })).statusCode).toBe(200)
    expect(performance.now() - started).toBeLessThan(SQLITE_WAIT_MS)
    expect(ended).toBe(false)
    importer.$client.exec('ROLLBACK')
    return done
  }

  test('the daily reminders wait their turn', async () => {
    await whileLocked(() => runDaily(office.db, office.clock.now))
    expect(isDone(office.db, dueDay(office.clock.now, readWorkingDays(office.db)))).toBe(true)
  })

  test('the outbox waits its turn', async () => {
    const channels = channelsFrom({ SMTP_URL: 'smtp://127.0.0.1:1', MAIL_FROM: 'a@example.org' })
    expect(
      await whileLocked(() => deliver({ db: office.db, now: () => office.clock.now }, { channels, address: null })),
    ).toEqual({
      sent: 0,
      failed: 0,
    })
  })

  test('new thresholds wait their turn', async () => {
    const id = office.addTarget({ state: 'in_progress', deadline: '2026-08-15' })
    const light = () => spansOn(office.db.$client, [id], '2026-06-30').get(id)?.light
    expect(light()).toBe('unreported')
    const value = { behindPoints: 10, dueSoonDays: 60, reportGraceDays: 10 }
    inTransaction(office.db, (tx) => writeSetting(tx, office.actorOf('admin'), 'lights', value, 0))
    await whileLocked(() => applyThresholds(office.db, () => office.clock.now))
    expect(light()).toBe('due_soon')
  })

  test('the work of the night waits its turn', async () => {
    office.db
      .insert(settings)
      .values({ key: 'backup', value: { nightly: false, keep: 3 }, updatedAt: office.clock.now.toISOString() })
      .run()
    const old = await office.signIn('leader')
    office.clock.advance(13 * 3600)
    await whileLocked(() => runNightly(office.app))
    expect((await office.inject({ method: 'GET', url: '/api/session', headers: { cookie: old } })).statusCode).toBe(401)
    expect(office.db.select().from(sessions).all()).toEqual([])
  })

  test('a job begins without waiting inside SQLite, also where the lock is taken in the last moment', async () => {
    let tries = 0
    const locked = whileLocked(() => inTurn(office.db, () => ++tries))
    expect(await locked).toBe(1) // what could not begin has not been done
  })
})
