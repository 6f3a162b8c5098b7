import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { openDatabase } from '../../../db/open.ts'
import { auditLog } from '../../../db/schema/index.ts'
import { verifyAudit } from '../../../server/audit/verify.ts'
import { databasePath } from '../../../server/paths.ts'
import { listUnits } from '../../../server/core/units.ts'
import { kill, type Program, startProgram } from '../../programs.ts'
import { FROM_PAGE } from '../helper.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'zhengbiao-crash-'))
let server: Program | undefined
afterAll(async () => {
  if (server) await kill(server)
  rmSync(dataDir, { recursive: true, force: true })
})

it('a server killed while it answers has kept everything it said it had, and nothing by half', async () => {
  server = startProgram('main.ts', dataDir)
  await server.seen(/\/setup\/\S+\s/)
  const [, base, token] = /(http:\S+)\/setup\/(\S+)/.exec(server.output())!
  const post = (url: string, body: object, cookie = '') =>
    fetch(`${base}/api${url}`, {
      method: 'POST',
      headers: { ...FROM_PAGE, 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
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
      if (response?.status === 503 && n < 10_000) continue // the machine has other work
      if (response?.status !== 201) return
      acknowledged.push(name)
      if (acknowledged.length === 60) server!.child.kill('SIGKILL')
    }
  }
  await Promise.all([client(), client(), client(), client()])
  expect(acknowledged.length).toBeGreaterThanOrEqual(60)
  expect(await server.ended()).toBeNull()

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
