import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDatabase, type OpenDb } from '../../../db/open.ts'
import { auditLog, recoveryCodes, secondFactors, sessions } from '../../../db/schema/index.ts'
import { databasePath } from '../../../server/paths.ts'
import { insertUser } from '../../../server/core/users.ts'
import { systemStamp } from '../../../server/actor.ts'

const COMMAND = fileURLToPath(new URL('../../../server/cli/second-factor-reset.ts', import.meta.url))
const AT = '2026-06-30T02:00:00.000Z'

describe('second-factor:reset', () => {
  let dataDir: string
  let db: OpenDb
  let userId: number
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'zhengbiao-reset-'))
    db = openDatabase(databasePath(dataDir))
    userId = insertUser(db, systemStamp('测试', new Date(AT)), {
      username: 'admin',
      displayName: '管理员',
      role: 'admin',
      unitId: null,
      email: null,
      passwordHash: 'x',
      mustChangePassword: false,
      passwordExpiresAt: null,
    }).id
    db.insert(secondFactors).values({ userId, secret: 'A', confirmedAt: AT, createdAt: AT }).run()
    db.insert(recoveryCodes).values({ userId, codeHash: 'x', createdAt: AT }).run()
    db.insert(sessions).values({ id: 's', userId, data: {}, createdAt: AT, lastSeenAt: AT, expiresAt: AT }).run()
  })
  afterAll(() => {
    db.$client.close()
    rmSync(dataDir, { recursive: true, force: true })
  })

  const reset = (...names: string[]) =>
    promisify(execFile)(process.execPath, ['--import', import.meta.resolve('tsx'), COMMAND, ...names], {
      env: { ...process.env, DATA_DIR: dataDir },
      timeout: 240_000,
    })

  it('takes the second factor away, ends the sessions and tells the trail; says what is wrong otherwise', async () => {
    await expect(reset()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('USERNAME') as string })
    await expect(reset('nobody')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no user nobody') as string,
    })
    expect((await reset('Admin')).stdout).toContain('signs in with the password alone')
    for (const table of [secondFactors, recoveryCodes, sessions]) expect(db.select().from(table).all()).toEqual([])
    expect(db.select().from(auditLog).all().at(-1)).toMatchObject({
      action: 'second-factor.reset',
      userName: '命令行',
      entityId: String(userId),
    })
    await expect(reset('admin')).rejects.toMatchObject({
      stderr: expect.stringContaining('has no second factor') as string,
    })
  })
})
