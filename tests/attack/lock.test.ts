import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createBackup } from '../../server/backup/create.ts'
import { databasePath } from '../../server/paths.ts'
import { kill, type Program, startProgram } from '../programs.ts'
import { startServer } from './live-server.ts'

let dataDir: string
const started: Program[] = []
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'zhengbiao-lock-'))
})
afterEach(async () => {
  await Promise.all(started.splice(0).map(kill))
  rmSync(dataDir, { recursive: true, force: true })
})
const remember = <P extends Program>(program: P): P => {
  started.push(program)
  return program
}

it('a second server, demo or restore on the same folder is refused in one line and harms nothing', async () => {
  const first = remember(await startServer(dataDir))
  expect((await first.call('POST', '/units', { name: '甲局' })).status).toBe(201)
  const { path } = await createBackup(dataDir, new Date(), 14)
  // What a server throws away at its start: uploads that wait, a demo that was loaded by half.
  mkdirSync(join(dataDir, 'uploads'))
  writeFileSync(join(dataDir, 'uploads', 'waiting'), 'an upload')
  writeFileSync(join(dataDir, 'demo-loading'), '')

  const others = [
    startProgram('main.ts', dataDir),
    startProgram('main.ts', dataDir, [], { PORT: new URL(first.base).port }),
    startProgram('cli/restore.ts', dataDir, [path]),
  ].map(remember)
  for (const other of others) {
    expect(await other.ended(), other.output()).toBe(1)
    expect(other.output()).toMatch(
      /^(?:Cannot start: )?a server or a restore already runs on .*: stop it first, or set another DATA_DIR\n$/,
    )
  }
  expect(existsSync(join(dataDir, 'uploads', 'waiting'))).toBe(true)
  expect((await first.call('GET', '/units')).status).toBe(200)
  expect((await first.call('POST', '/units', { name: '乙局' })).status).toBe(201)
  expect(existsSync(databasePath(dataDir))).toBe(true)
  expect(readdirSync(dataDir).filter((name) => name.startsWith('before-restore'))).toEqual([])

  // Nothing that a killed server leaves behind blocks the next one.
  await kill(first)
  rmSync(join(dataDir, 'demo-loading'))
  const next = remember(await startServer(dataDir))
  expect(await (await next.call('GET', '/units')).text()).toContain('乙局')
})
