import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOURCE_KINDS } from '../../../db/domain/source-kinds.ts'
import { countRows } from '../../../db/migrate.ts'
import { openDatabase, type OpenDb } from '../../../db/open.ts'
import { apiTokens, auditLog, units } from '../../../db/schema/index.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { systemStamp } from '../../../server/actor.ts'
import { verifyAudit } from '../../../server/audit/verify.ts'
import { createBackup, DATABASE_FILE, listBackups } from '../../../server/backup/create.ts'
import { finishRestore, restoreBackup } from '../../../server/backup/restore.ts'
import { lockDataDir } from '../../../server/data-lock.ts'
import { columnsPath, databasePath, filesDir } from '../../../server/paths.ts'
import { createUnit } from '../../../server/core/units.ts'
import { fillEveryTable } from '../../db/fill.ts'
import { buildTestApp } from '../helper.ts'

/** Everything in the folder of backups, but its lock. */
const foldersOf = (dataDir: string) => readdirSync(join(dataDir, 'backups')).filter((name) => !name.startsWith('.lock'))
const at = (hour: number) => new Date(Date.UTC(2026, 5, 30, hour))

describe('a backup', () => {
  let dataDir: string
  let db: OpenDb
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'zhengbiao-backup-'))
    db = openDatabase(databasePath(dataDir))
    mkdirSync(join(filesDir(dataDir), 'ab'), { recursive: true })
    writeFileSync(join(filesDir(dataDir), 'ab', 'abcdef'), 'the original')
  })
  afterEach(() => {
    if (db.$client.open) db.$client.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const addUnit = (name: string) => inTransaction(db, (tx) => createUnit(tx, systemStamp('测试', at(0)), { name }))
  const unitNames = () => {
    const opened = openDatabase(databasePath(dataDir))
    const names = opened
      .select()
      .from(units)
      .all()
      .map(({ name }) => name)
    opened.$client.close()
    return names
  }

  it('drill: what was there at the time is there again, and what came later is kept aside', async () => {
    addUnit('甲局')
    const backup = await createBackup(dataDir, at(1), 14)
    expect(backup).toMatchObject({ name: '2026-06-30T010000Z', files: 1, auditHead: { id: 1 } })
    addUnit('乙局')
    rmSync(join(filesDir(dataDir), 'ab', 'abcdef'))
    db.$client.close()

    writeFileSync(columnsPath(dataDir), 'of the data that give way')
    const { movedTo } = await restoreBackup(dataDir, backup.path, at(2))
    expect(existsSync(columnsPath(dataDir))).toBe(false)
    expect(unitNames()).toEqual(['甲局'])
    expect(readFileSync(join(filesDir(dataDir), 'ab', 'abcdef'), 'utf8')).toBe('the original')
    const aside = openDatabase(join(movedTo!, 'zhengbiao.sqlite'))
    expect(aside.select().from(units).all()).toHaveLength(2)
    aside.$client.close()
    db = openDatabase(databasePath(dataDir))
    expect(
      db
        .select()
        .from(auditLog)
        .all()
        .map(({ action }) => action),
    ).toEqual(['unit.create', 'backup.restore'])
    expect((await verifyAudit(db.$client, [{ ...backup.auditHead!, source: 'backup' }])).faults).toEqual([])
    expect(db.$client.pragma('journal_mode', { simple: true })).toBe('wal')
  })

  it('holds every row of every table; its sessions, links and tokens open nothing after a restore', async () => {
    fillEveryTable(db.$client, 4)
    db.update(apiTokens).set({ revokedAt: null }).run()
    const backup = await createBackup(dataDir, at(1), 14)
    expect(new Map(Object.entries(backup.rows))).toEqual(countRows(db.$client))
    const own = (table: string) => (table === 'source_kinds' ? SOURCE_KINDS.length : 0)
    for (const [table, rows] of Object.entries(backup.rows)) expect([table, rows]).toEqual([table, 4 + own(table)])
    db.$client.close()
    await restoreBackup(dataDir, backup.path, at(2))
    db = openDatabase(databasePath(dataDir))
    const restored = countRows(db.$client)
    const ended = ['sessions', 'sign_in_links', 'setup_links', 'calendar_feeds']
    for (const [table, rows] of Object.entries(backup.rows)) {
      expect(restored.get(table), table).toBe(ended.includes(table) ? 0 : table === 'audit_log' ? rows + 1 : rows)
    }
    const revoked = db.select({ at: apiTokens.revokedAt }).from(apiTokens).all()
    expect(revoked.map(({ at: day }) => day)).toEqual(revoked.map(() => at(2).toISOString()))
  })

  it('is one whole state while others go on writing', async () => {
    const writing = setInterval(() => addUnit(`第${Math.random()}局`), 1)
    const backups = []
    for (let i = 1; i <= 5; i++) backups.push(await createBackup(dataDir, at(i), 14))
    clearInterval(writing)
    for (const { rows, auditHead } of backups) {
      expect(rows.unit_aliases).toBe(rows.units)
      expect(auditHead?.id ?? 0).toBe(rows.units)
    }
    expect(backups.at(-1)!.rows.units).toBeGreaterThan(backups[0]!.rows.units!)
  })

  it('is kept so many times, the newest first', async () => {
    for (let i = 1; i <= 4; i++) await createBackup(dataDir, at(i), 2)
    expect((await listBackups(dataDir)).map(({ name }) => name)).toEqual(['2026-06-30T040000Z', '2026-06-30T030000Z'])
    expect(foldersOf(dataDir)).toHaveLength(2)
  })

  it('that was damaged afterwards is not restored, and the data stay', async () => {
    addUnit('甲局')
    const { path } = await createBackup(dataDir, at(1), 14)
    addUnit('乙局')
    db.$client.close()
    const file = join(path, DATABASE_FILE)
    const bytes = readFileSync(file)
    bytes[bytes.length - 1000] = bytes[bytes.length - 1000]! ^ 0xff
    writeFileSync(file, bytes)
    await expect(restoreBackup(dataDir, path, at(2))).rejects.toThrow(/checksum/)
    expect(unitNames()).toEqual(['甲局', '乙局'])
  })

  it('whose manifest does not fit its rows is not restored', async () => {
    const { path } = await createBackup(dataDir, at(1), 14)
    db.$client.close()
    const manifest = join(path, 'manifest.json')
    writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('"units": 0', '"units": 3'))
    await expect(restoreBackup(dataDir, path, at(2))).rejects.toThrow(/units has 0 rows, not 3/)
  })

  it('is not restored under a running server', async () => {
    const { path } = await createBackup(dataDir, at(1), 14)
    const server = lockDataDir(dataDir)
    await expect(restoreBackup(dataDir, path, at(2))).rejects.toThrow(/stop it first/)
    server.release()
    await expect(restoreBackup(dataDir, path, at(2))).rejects.toThrow(/another program has the database/)
    db.$client.close()
    await restoreBackup(dataDir, path, at(2))
  })

  it('made by a clock that went ahead does not push out the ones made after it was set right', async () => {
    const ahead = await createBackup(dataDir, at(1_000), 2)
    const names = [ahead.name]
    for (let i = 1; i <= 3; i++) names.push((await createBackup(dataDir, at(i), 2)).name)
    expect((await listBackups(dataDir)).map(({ name }) => name)).toEqual([ahead.name, names[3], names[2]])
  })

  it('that was killed leaves nothing after the next one', async () => {
    mkdirSync(join(dataDir, 'backups', '.partial-2026-06-29T010000Z', 'files'), { recursive: true })
    const { name } = await createBackup(dataDir, at(1), 14)
    expect(foldersOf(dataDir)).toEqual([name])
  })

  it('says that the audit log in it does not verify, and pushes out none of the older ones', async () => {
    addUnit('甲局')
    await createBackup(dataDir, at(1), 1)
    addUnit('乙局')
    db.$client.exec('DROP TRIGGER audit_log_no_update')
    db.$client.exec(`UPDATE audit_log SET user_name = 'somebody else' WHERE id = 1`)
    const backup = await createBackup(dataDir, at(2), 1)
    expect(backup.auditFaults).toContainEqual(expect.stringMatching(/^record 1 was changed/))
    expect(await listBackups(dataDir)).toHaveLength(2)
    db.$client.close()
  })

  it.each(['prepared by half', 'put in place by half'])('a restore that was %s is undone or finished', async (how) => {
    addUnit('甲局')
    const { path } = await createBackup(dataDir, at(1), 14)
    addUnit('乙局')
    db.$client.close()
    if (how === 'prepared by half') mkdirSync(join(dataDir, 'restoring.partial', 'files'), { recursive: true })
    else {
      // As killed after the database has been moved aside and before the other one took its place.
      await restoreBackup(dataDir, path, at(2))
      mkdirSync(join(dataDir, 'restoring', 'files'), { recursive: true })
      renameSync(databasePath(dataDir), join(dataDir, 'restoring', 'zhengbiao.sqlite'))
      writeFileSync(join(dataDir, 'restoring', 'files', 'abcdef'), 'the original')
      writeFileSync(join(dataDir, 'restoring', 'plan.json'), JSON.stringify({ movedTo: 'before-restore-2' }))
    }
    await finishRestore(dataDir)
    expect(readdirSync(dataDir).filter((name) => name.startsWith('restoring'))).toEqual([])
    expect(unitNames()).toEqual(how === 'prepared by half' ? ['甲局', '乙局'] : ['甲局'])
    if (how !== 'prepared by half') expect(readFileSync(join(filesDir(dataDir), 'abcdef'), 'utf8')).toBe('the original')
  })

  it('needs a database, and a folder that is a backup', async () => {
    await expect(createBackup(join(dataDir, 'elsewhere'), at(1), 14)).rejects.toThrow(/set DATA_DIR/)
    await expect(restoreBackup(dataDir, dataDir, at(1))).rejects.toThrow(/is not a backup/)
  })

  it('leaves nothing that looks like a backup when it fails', async () => {
    db.$client.close()
    writeFileSync(databasePath(dataDir), 'this is not a database')
    await expect(createBackup(dataDir, at(1), 14)).rejects.toThrow()
    expect(await listBackups(dataDir)).toEqual([])
    expect(foldersOf(dataDir)).toEqual([])
  })
})

it('the administrator makes one on the page', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-backup-api-'))
  const test = await buildTestApp({ path: join(folder, 'test.sqlite') })
  try {
    // The command reads the database where the server would have it.
    test.db.$client.pragma('wal_checkpoint(TRUNCATE)')
    copyFileSync(join(folder, 'test.sqlite'), databasePath(test.dataDir))
    const [one, other] = await Promise.all(
      [0, 1].map(() => test.injectAs('admin', { method: 'POST', url: '/api/backups' })),
    )
    expect([one!.statusCode, other!.statusCode].sort()).toEqual([201, 409])
    const { items } = (await test.injectAs('admin', { url: '/api/backups' })).json()
    expect(items).toHaveLength(1)
    expect(items[0].rows.users).toBe(6)
    expect(existsSync(join(test.dataDir, 'backups', items[0].name, DATABASE_FILE))).toBe(true)
    expect(
      test.db
        .select()
        .from(auditLog)
        .all()
        .filter(({ action }) => action === 'backup.create'),
    ).toHaveLength(1)
  } finally {
    await test.close()
    rmSync(folder, { recursive: true })
  }
})
