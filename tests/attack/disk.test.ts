import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databasePath } from '../../server/paths.ts'
import { printFigures } from './figures.ts'
import { kill, type LiveServer, type Program, startProgram, startServer } from './process.ts'

/** Size of the disk, in MB: a new database with its log fits, and little beside it. */
const DISK_MB = 24

const dataDir = mkdtempSync(join(tmpdir(), 'zhengbiao-disk-'))
const mounted = mount()
function mount(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', dataDir], { stdio: 'ignore' })
    return true
  } catch {
    process.stdout.write('attack: full and read-only disk: skipped, no file system can be mounted here\n')
    return false
  }
}

describe.skipIf(!mounted)('a disk that takes nothing more', () => {
  let server: LiveServer
  const started: Program[] = []
  const filler = join(dataDir, 'filler')
  beforeAll(async () => {
    server = await startServer(dataDir)
    started.push(server)
  })
  afterAll(async () => {
    await Promise.all(started.map(kill))
    execFileSync('umount', ['-l', dataDir])
    rmSync(dataDir, { recursive: true, force: true })
  })

  const READS = [
    '/session',
    '/targets',
    '/targets?asOf=2025-01-31',
    '/units',
    '/overview',
    '/documents',
    '/audit',
    '/health',
  ]
  const statusOf = async (urls: string[]) =>
    Promise.all(urls.map(async (url) => `${url} ${(await server.call('GET', url)).status}`))
  const allWell = READS.map((url) => `${url} 200`)

  /** Takes the last byte, also of the space that SQLite has kept for itself. */
  function fill() {
    try {
      writeFileSync(filler, Buffer.alloc(DISK_MB * 1024 * 1024))
    } catch {
      /* full, as it should be */
    }
  }

  it('goes on reading, tells writes that nothing was saved, warns the administrator, and recovers by itself', async () => {
    expect(await (await server.call('GET', '/disk')).json()).toMatchObject({ low: true })
    expect(await statusOf(READS)).toEqual(allWell)
    // A session that was last seen minutes ago is to be written at every request.
    const client = new Sqlite(databasePath(dataDir))
    client.prepare('UPDATE sessions SET last_seen_at = ?').run(new Date(Date.now() - 300_000).toISOString())
    client.close()
    fill()
    expect(statfsSync(dataDir).bavail).toBe(0)
    let refused = 0
    let taken = 0
    // The log has room for a little: writes go on until it is used up.
    for (let i = 0; i < 400 && refused < 20; i++) {
      const answer = await server.call('POST', '/units', {
        name: `第${i}局`,
        aliases: ['长'.repeat(50)].map((a) => `${a}${i}`),
      })
      if (answer.status === 201) taken++
      else {
        refused++
        expect([answer.status, ((await answer.json()) as { title: string }).title]).toEqual([503, '磁盘空间不足'])
      }
    }
    expect(refused).toBe(20)
    expect(await statusOf(READS)).toEqual(allWell)

    rmSync(filler)
    expect((await server.call('POST', '/units', { name: '清理之后的局' })).status).toBe(201)
    const units = ((await (await server.call('GET', '/units')).json()) as { items: unknown[] }).items
    expect(units).toHaveLength(taken + 1)
    printFigures('full disk', { 'writes taken': taken, 'writes refused with 503': refused, 'reads failed': 0 })
  })

  it('that is read-only is told in one line at the start', async () => {
    await kill(server)
    execFileSync('mount', ['-o', 'remount,ro', dataDir])
    const program = startProgram('main.ts', dataDir)
    started.push(program)
    expect(await program.exit).toBe(1)
    expect(program.output().trim()).toMatch(/^Cannot start: [^\n]*$/)
    execFileSync('mount', ['-o', 'remount,rw', dataDir])
  })
})
