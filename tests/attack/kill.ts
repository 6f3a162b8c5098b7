import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openDatabase, type OpenDb } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { systemStamp } from '../../server/actor.ts'
import { verifyAudit } from '../../server/audit/verify.ts'
import { checkCopy, createBackup, DATABASE_FILE, listBackups } from '../../server/backup/create.ts'
import { finishRestore } from '../../server/backup/restore.ts'
import { fileHash } from '../../server/file-hash.ts'
import { lockDataDir } from '../../server/data-lock.ts'
import { backupsDir, databasePath, filesDir } from '../../server/paths.ts'
import { createUnit, listUnits } from '../../server/core/units.ts'
import type { Random } from './random.ts'
import { kill as killProgram } from '../programs.ts'
import { within } from '../until.ts'
import { type LiveServer, startServer } from './live-server.ts'

/** What came of killing one kind of program so many times; `faults` is empty where nothing was lost or half done. */
export interface KillResult {
  kills: number
  /** Kills that came before its work was done. */
  inTime: number
  /** Of the restores that were killed: those that were found done, the others as if they had never begun. */
  done: number
  faults: string[]
}

const ORIGINALS = 60
const nameOf = (i: number) => i.toString(16).padStart(64, '0')

/** A data folder in the state `后来的局`, beside it a backup of the state `备份的局`; each state with its originals. */
async function makeTemplate(): Promise<{ template: string; backup: string }> {
  const template = mkdtempSync(join(tmpdir(), 'zhengbiao-kill-'))
  const db = openDatabase(databasePath(template))
  mkdirSync(filesDir(template))
  const add = (name: string) => inTransaction(db, (tx) => createUnit(tx, systemStamp('测试', new Date()), { name }))
  add('备份的局')
  fatten(db)
  for (let i = 0; i < ORIGINALS; i++) writeFileSync(join(filesDir(template), nameOf(i)), `原件${i}`)
  const { name } = await createBackup(template, new Date(), 3)
  add('后来的局')
  for (let i = ORIGINALS; i < 2 * ORIGINALS; i++) writeFileSync(join(filesDir(template), nameOf(i)), `原件${i}`)
  db.$client.close()
  return { template, backup: name }
}

/** Some megabytes, so that copying takes a moment in which to be killed. */
function fatten(db: OpenDb): void {
  const insert = db.$client.prepare(
    `INSERT INTO files (sha256, name, format, size, raw_text, imported_at) VALUES (?, '公报.txt', 'txt', 1, ?, '2026-01-01T00:00:00.000Z')`,
  )
  for (let i = 0; i < 8; i++) insert.run(nameOf(i), '到2026年，森林覆盖率达到60%以上。'.repeat(20_000))
}

/** Kills a backup or a restore at seeded moments and looks at what a start finds afterwards. */
export async function killCopying(what: 'backup' | 'restore', times: number, random: Random): Promise<KillResult> {
  const { template, backup } = await makeTemplate()
  const result: KillResult = { kills: times, inTime: 0, done: 0, faults: [] }
  const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-killed-'))
  let next = prepare(0)
  function prepare(i: number) {
    const dataDir = join(folder, String(i))
    cpSync(template, dataDir, { recursive: true })
    const child = fork(
      fileURLToPath(new URL('kill-child.ts', import.meta.url)),
      [what, dataDir, join(backupsDir(dataDir), backup)],
      {
        execArgv: ['--import', import.meta.resolve('tsx')],
        silent: true,
      },
    )
    const ready = within(`the process that is to be killed is loaded`, once(child, 'message'))
    ready.catch(() => {}) // where a fault ends the attack before it is waited for
    return { dataDir, child, ready }
  }
  try {
    // How long it takes when nobody kills it, to choose the moments from.
    const first = next
    await first.ready
    next = prepare(1)
    await sleep(1000) // a backup is named by its second, and the template's was made just now
    const started = performance.now()
    first.child.send('go')
    const [told] = (await within(`one ${what}`, once(first.child, 'message'))) as [string]
    if (told !== 'done') result.faults.push(`unkilled: ${told}`)
    const usual = performance.now() - started
    await end(first.child)
    for (let i = 1; i <= times; i++) {
      const { dataDir, child, ready } = next
      await ready
      if (i < times) next = prepare(i + 1)
      let done = false
      child.once('message', () => (done = true))
      child.send('go')
      // Every second one near the end, where a restore is being put in place.
      await sleep(usual * (i % 2 === 0 ? random() : 0.75 + 0.45 * random()))
      if (!done) result.inTime++
      await end(child)
      const faults = what === 'backup' ? await lookAfterBackup(dataDir) : await lookAfterRestore(dataDir, result)
      result.faults.push(...faults.map((fault) => `kill ${i}: ${fault}`))
      rmSync(dataDir, { recursive: true, force: true })
    }
  } finally {
    await end(next.child)
    rmSync(template, { recursive: true, force: true })
    rmSync(folder, { recursive: true, force: true })
  }
  return result
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

async function lookAfterBackup(dataDir: string): Promise<string[]> {
  const faults: string[] = []
  for (const found of await listBackups(dataDir)) {
    const copy = join(found.path, DATABASE_FILE)
    if ((await fileHash(copy)) !== found.sha256) faults.push(`${found.name} is not what its manifest says`)
    const { auditFaults } = await checkCopy(copy)
    faults.push(...auditFaults)
    const originals = readdirSync(join(found.path, 'files')).length
    if (originals !== found.files) faults.push(`${found.name} holds ${originals} of ${found.files} originals`)
  }
  // Backups are named by the second: a later one than that of the child.
  await createBackup(dataDir, new Date(Date.now() + 60_000), 3)
  const left = readdirSync(backupsDir(dataDir)).filter((name) => name.startsWith('.partial'))
  if (left.length > 0) faults.push(`left behind: ${left.join(', ')}`)
  return faults
}

async function lookAfterRestore(dataDir: string, result: KillResult): Promise<string[]> {
  const faults: string[] = []
  const lock = lockDataDir(dataDir)
  await finishRestore(dataDir)
  lock.release()
  if (!existsSync(databasePath(dataDir))) return ['there is no database']
  const db = openDatabase(databasePath(dataDir))
  const names = listUnits(db).map(({ name }) => name)
  const restored = !names.includes('后来的局')
  if (restored) result.done++
  if (!names.includes('备份的局')) faults.push(`the units are ${names.join(', ') || 'none'}`)
  const originals = readdirSync(filesDir(dataDir)).length
  if (originals !== (restored ? ORIGINALS : 2 * ORIGINALS)) faults.push(`${originals} originals, restored: ${restored}`)
  if (db.$client.pragma('integrity_check', { simple: true }) !== 'ok') faults.push('the database is damaged')
  faults.push(...(await verifyAudit(db.$client)).faults.map(({ message }) => message))
  db.$client.close()
  if (readdirSync(dataDir).some((name) => name.startsWith('restoring'))) faults.push('the restore is still there')
  if (restored) faults.push(...lookAside(dataDir))
  return faults
}

/** What was there before a restore is whole, where it was moved to. */
function lookAside(dataDir: string): string[] {
  const [aside] = readdirSync(dataDir).filter((name) => name.startsWith('before-restore-'))
  if (aside === undefined) return ['nothing was kept aside']
  const db = openDatabase(join(dataDir, aside, 'zhengbiao.sqlite'))
  const names = listUnits(db).map(({ name }) => name)
  db.$client.close()
  return names.includes('后来的局') ? [] : [`kept aside: ${names.join(', ') || 'nothing'}`]
}

/** A data folder whose server is killed over and over, and everything that its servers have acknowledged. */
interface KilledFolder {
  dataDir: string
  acknowledged: string[]
}

/**
 * Kills a server under load and looks whether everything that was acknowledged is there. Two folders take turns: most of a kill
 * is the start of the next server, which goes on while the one before is killed and looked at.
 */
export async function killServer(times: number, random: Random): Promise<KillResult & { acknowledged: number }> {
  const folders = Array.from({ length: 2 }, (): KilledFolder => {
    return { dataDir: mkdtempSync(join(tmpdir(), 'zhengbiao-kill-server-')), acknowledged: [] }
  })
  const folderOf = (i: number) => folders[i % folders.length]!
  const prepare = (i: number) => {
    const starting = startServer(folderOf(i).dataDir)
    starting.catch(() => {}) // where a fault ends the attack before it is waited for
    return starting
  }
  const faults: string[] = []
  let next: Promise<LiveServer> | null = prepare(1)
  try {
    for (let i = 1; i <= times; i++) {
      const server: LiveServer = await next!
      next = i < times ? prepare(i + 1) : null
      await killUnderLoad(server, folderOf(i), i, random)
      faults.push(...(await lookAfterServer(folderOf(i))).map((fault) => `kill ${i}: ${fault}`))
    }
    const acknowledged = folders.reduce((sum, folder) => sum + folder.acknowledged.length, 0)
    return { kills: times, inTime: times, done: 0, acknowledged, faults }
  } finally {
    const left = await next?.catch(() => null)
    if (left) await killProgram(left)
    for (const { dataDir } of folders) rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Three clients write as fast as they can until the server is killed, after some seeded number of answers. */
async function killUnderLoad(
  server: LiveServer,
  { acknowledged }: KilledFolder,
  i: number,
  random: Random,
): Promise<void> {
  const until = acknowledged.length + 5 + Math.floor(random() * 30)
  let n = 0
  const client = async () => {
    for (;;) {
      const name = `第${i}次第${n++}局`
      const answer = await server.call('POST', '/units', { name }).catch(() => null)
      if (answer?.status !== 201) return
      acknowledged.push(name)
      if (acknowledged.length >= until) server.child.kill('SIGKILL')
    }
  }
  try {
    await Promise.all([client(), client(), client()])
  } finally {
    await killProgram(server)
  }
}

async function lookAfterServer({ dataDir, acknowledged }: KilledFolder): Promise<string[]> {
  const faults: string[] = []
  const db = openDatabase(databasePath(dataDir))
  const names = new Set(listUnits(db).map(({ name }) => name))
  const lost = acknowledged.filter((name) => !names.has(name))
  if (lost.length > 0) faults.push(`lost ${lost.join(', ')}`)
  if (db.$client.pragma('integrity_check', { simple: true }) !== 'ok') faults.push('damaged')
  faults.push(...(await verifyAudit(db.$client)).faults.map(({ message }) => message))
  db.$client.close()
  return faults
}
