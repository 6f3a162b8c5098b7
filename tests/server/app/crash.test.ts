import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { openDatabase } from '../../../db/open.ts'
import { auditLog } from '../../../db/schema/index.ts'
import { verifyAudit } from '../../../server/audit/verify.ts'
import { databasePath } from '../../../server/paths.ts'
import { listUnits } from '../../../server/core/units.ts'
import { FROM_PAGE } from '../helper.ts'

const MAIN = fileURLToPath(new URL('../../../server/main.ts', import.meta.url))
const dataDir = mkdtempSync(join(tmpdir(), 'zhengbiao-crash-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

it('a server killed while it answers has kept everything it said it had, and nothing by half', async () => {
  const server = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
  })
  let output = ''
  server.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  while (!/\/setup\/\S+\s/.test(output)) await once(server.stdout, 'data')
  const [, base, token] = /(http:\S+)\/setup\/(\S+)/.exec(output)!
  const post = (url: string, body: object, cookie = '') =>
    fetch(`${base}/api${url}`, {
      method: 'POST',
      headers: { ...FROM_PAGE, 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    })
  const cookie = (
    await post(`/setup/${token}`, { username: 'root', displayName: '管理员', password: 'four words in a row' })
  ).headers
    .get('set-cookie')!
    .split(';')[0]!

  const acknowledged: string[] = []
  let n = 0
  const client = async () => {
    for (;;) {
      const name = `第${++n}局`
      const response = await post('/units', { name, aliases: [`${name}（别名）`] }, cookie).catch(() => null)
      if (response?.status !== 201) return
      acknowledged.push(name)
      if (acknowledged.length === 60) server.kill('SIGKILL')
    }
  }
  await Promise.all([client(), client(), client(), client()])
  if (server.signalCode === null) await once(server, 'exit')

  expect(acknowledged.length).toBeGreaterThanOrEqual(60)
  const db = openDatabase(databasePath(dataDir))
  const units = listUnits(db)
  const names = units.map(({ name }) => name)
  for (const name of acknowledged) expect(names).toContain(name)
  for (const unit of units) expect(unit.aliases.map(({ name }) => name)).toEqual([unit.name, `${unit.name}（别名）`])
  expect(
    db
      .select()
      .from(auditLog)
      .all()
      .filter(({ action }) => action === 'unit.create'),
  ).toHaveLength(units.length)
  expect((await verifyAudit(db.$client)).faults).toEqual([])
  expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok')
  db.$client.close()
})
