import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../../db/open.ts'
import { verifyAudit } from '../../../server/audit/verify.ts'
import type { ImportJob } from '../../../server/documents/schemas.ts'
import { databasePath } from '../../../server/paths.ts'
import { until } from '../../until.ts'
import { largeText } from '../../bench/large-text.ts'
import { type BenchServer, startServer } from '../../bench/start-server.ts'

const IMPORT = fileURLToPath(new URL('../../../server/cli/import.ts', import.meta.url))

/** Waits until somebody writes for longer than a session's moment: the one transaction of an import. */
async function seenWriting(path: string) {
  const other = new Sqlite(path, { timeout: 0 })
  let busy = 0
  const look = () => {
    try {
      other.exec('BEGIN IMMEDIATE; ROLLBACK')
      busy = 0
    } catch {
      return ++busy >= 10
    }
    if (other.prepare('SELECT count(*) FROM files').pluck().get() !== 0)
      throw new Error('it was over before it was seen')
    return false
  }
  try {
    await until('the import writes', look, { seconds: 120, every: 1 })
  } finally {
    other.close()
  }
}

const jobOf = async (server: BenchServer, id: number) =>
  JSON.parse((await server.client.get(`/api/imports/${id}`)).toString()) as ImportJob

describe('imports and processes', () => {
  let dataDir: string
  const servers: BenchServer[] = []
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'zhengbiao-process-'))
  })
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.kill()))
    rmSync(dataDir, { recursive: true, force: true })
  })
  const started = async (folder = dataDir) => {
    const server = await startServer(folder)
    servers.push(server)
    return server
  }

  test('kill -9 in the middle leaves no half rows, and after the restart the job is told as failed', async () => {
    const file = Buffer.from(largeText(500_000))
    const jobs: number[] = []
    for (const moment of ['extracting', 'storing'] as const) {
      const server = await started()
      const { items } = JSON.parse((await server.client.upload('/api/imports', `${moment}.txt`, file)).toString()) as {
        items: ImportJob[]
      }
      if (moment === 'extracting') {
        await until(`the import is ${moment}`, async () => {
          const job = await jobOf(server, items[0]!.id)
          if (job.finishedAt !== null) throw new Error(`it was ${job.status} before it was seen`)
          return job.status === moment
        })
      } else await seenWriting(databasePath(dataDir))
      await server.kill()
      jobs.push(items[0]!.id)

      const db = openDatabase(databasePath(dataDir))
      for (const table of ['files', 'documents', 'targets', 'target_units'])
        expect(db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get(), table).toBe(0)
      for (const index of ['targets_fts', 'documents_fts', 'target_units_fts'])
        db.$client.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`)
      expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
      expect(await verifyAudit(db.$client)).toMatchObject({ faults: [] })
      db.$client.close()
    }
    const server = await started()
    try {
      for (const id of jobs)
        expect(JSON.parse((await server.client.get(`/api/imports/${id}`)).toString())).toMatchObject({
          status: 'failed',
          errorCode: 'interrupted',
          fileId: null,
        })
      expect(readdirSync(dataDir)).not.toContain('uploads')
      // and the same file can be imported now
      const { items } = JSON.parse((await server.client.upload('/api/imports', '再来.txt', file)).toString()) as {
        items: ImportJob[]
      }
      const job = await until(
        'the import ends',
        async () => {
          const now = await jobOf(server, items[0]!.id)
          return now.finishedAt !== null && now
        },
        { seconds: 120 },
      )
      expect(job).toMatchObject({ status: 'done', errorCode: null })
    } finally {
      await server.stop()
    }
  })

  test('the command imports while the server runs, which goes on answering and shows what came', async () => {
    const path = join(dataDir, '公报.txt')
    writeFileSync(path, largeText(300_000))
    const server = await started(join(dataDir, 'data'))
    try {
      let running = true
      const command = promisify(execFile)(process.execPath, ['--import', import.meta.resolve('tsx'), IMPORT, path], {
        env: { ...process.env, DATA_DIR: join(dataDir, 'data') },
        timeout: 240_000,
      }).finally(() => {
        running = false
      })
      while (running) {
        await server.client.get('/api/targets?limit=5')
        await sleep(60)
      }
      expect((await command).stdout).toMatch(/✓ 公报\.txt：\d+ 份文件，\d+ 条候选目标/)
      const [, documents, candidates] = /(\d+) 份文件，(\d+) 条/.exec((await command).stdout)!
      const total = async (path: string) =>
        (JSON.parse((await server.client.get(path)).toString()) as { total: number }).total
      expect(await total('/api/documents')).toBe(Number(documents))
      expect(await total('/api/targets')).toBe(Number(candidates))
      const { items } = JSON.parse((await server.client.get('/api/imports')).toString()) as { items: ImportJob[] }
      expect(items).toMatchObject([
        {
          fileName: '公报.txt',
          status: 'done',
          documentsFound: Number(documents),
          candidatesFound: Number(candidates),
        },
      ])
    } finally {
      await server.stop()
    }
  })
})
