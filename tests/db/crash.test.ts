import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { openDatabase } from '../../db/open.ts'
import { verifyAudit } from '../../server/audit/verify.ts'
import { within } from '../until.ts'

const WRITER = fileURLToPath(new URL('crash-writer.ts', import.meta.url))
const TARGETS_PER_DOCUMENT = 40
const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-crash-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('kill -9 in the middle of writing leaves no half step', async () => {
  const path = join(folder, 'crash.sqlite')
  let documents = 0
  for (const delay of [0, 7, 23, 61, 130]) {
    const writer = spawn(
      process.execPath,
      ['--import', 'tsx', WRITER, path, String(documents + 1_000_000 * (delay + 1))],
      { stdio: ['ignore', 'pipe', 'ignore'] },
    )
    const exit = once(writer, 'exit')
    try {
      await within('the first step', Promise.race([once(writer.stdout, 'data'), exit]))
      await sleep(delay)
    } finally {
      writer.kill('SIGKILL')
      await exit
    }

    const db = openDatabase(path)
    const count = (table: string) => db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
    expect(count('documents')).toBeGreaterThan(documents)
    documents = count('documents')
    expect(count('files')).toBe(documents)
    for (const table of ['targets', 'target_units', 'reports'])
      expect(count(table), table).toBe(documents * TARGETS_PER_DOCUMENT)
    expect(await verifyAudit(db.$client)).toMatchObject({ records: documents, faults: [] })
    expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(db.$client.pragma('foreign_key_check')).toEqual([])
    for (const index of ['targets_fts', 'documents_fts'])
      db.$client.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`)
    db.$client.close()
  }
})
