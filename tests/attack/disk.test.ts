import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databasePath } from '../../server/paths.ts'
import { printFigures } from './figures.ts'
import { kill, type Program, startProgram } from '../programs.ts'
import { type LiveServer, startServer } from './live-server.ts'

/** Size of the disks, in MB: a new database with its log fits, and little beside it. */
const DISK_MB = 24
const JOURNALLED_MB = 48

const system = (command: string, ...args: string[]) =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 }).trim()

/** A small file system of its own at this place; false where this machine does not let it be mounted. */
function mounted(what: string, mount: () => void): boolean {
  try {
    mount()
    return true
  } catch {
    process.stdout.write(`attack: ${what}: skipped, no file system can be mounted here\n`)
    return false
  }
}

const READS = [
  '/session',
  '/targets',
  '/targets?asOf=2025-01-31',
  '/targets/facets',
  '/units',
  '/overview',
  '/overview?asOf=2025-01-31',
  '/documents',
  '/audit',
  '/health',
]
const allWell = READS.map((url) => `${url} 200`)
const statusOf = async (server: LiveServer) =>
  Promise.all(READS.map(async (url) => `${url} ${(await server.call('GET', url)).status}`))
const addUnit = (server: LiveServer, name: string) =>
  server.call('POST', '/units', { name, aliases: [`${'长'.repeat(50)}${name}`] })
const unitsOf = async (server: LiveServer) =>
  ((await (await server.call('GET', '/units')).json()) as { items: unknown[] }).items.length

/** Adds units until 20 have been refused, each in the words of a full disk; answers how many were taken before. */
async function writeUntilRefused(server: LiveServer): Promise<{ taken: number; refused: number }> {
  let [taken, refused] = [0, 0]
  // The log has room for a little: writes go on until it is used up.
  for (let i = 0; i < 400 && refused < 20; i++) {
    const answer = await addUnit(server, `第${i}局`)
    if (answer.status === 201) taken++
    else {
      refused++
      expect([answer.status, ((await answer.json()) as { title: string }).title]).toEqual([503, '磁盘空间不足'])
    }
  }
  expect(refused).toBe(20)
  return { taken, refused }
}

/** A session that was last seen minutes ago is to be written at every request. */
function ageSessions(dataDir: string): void {
  const client = new Sqlite(databasePath(dataDir))
  client.prepare('UPDATE sessions SET last_seen_at = ?').run(new Date(Date.now() - 300_000).toISOString())
  client.close()
}

const fullDir = mkdtempSync(join(tmpdir(), 'zhengbiao-disk-'))
const isFullMounted = mounted('full disk', () =>
  system('mount', '-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', fullDir),
)

describe.skipIf(!isFullMounted)('a disk that takes nothing more', () => {
  let server: LiveServer
  const started: Program[] = []
  const filler = join(fullDir, 'filler')
  beforeAll(async () => {
    server = await startServer(fullDir)
    started.push(server)
  })
  afterAll(async () => {
    await Promise.all(started.map(kill))
    system('umount', '-l', fullDir)
    rmSync(fullDir, { recursive: true, force: true })
  })

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
    expect(await statusOf(server)).toEqual(allWell)
    ageSessions(fullDir)
    fill()
    expect(statfsSync(fullDir).bavail).toBe(0)
    const { taken, refused } = await writeUntilRefused(server)
    expect(await statusOf(server)).toEqual(allWell)

    rmSync(filler)
    expect((await addUnit(server, '清理之后的局')).status).toBe(201)
    expect(await unitsOf(server)).toBe(taken + 1)
    printFigures('full disk', { 'writes taken': taken, 'writes refused with 503': refused, 'reads failed': 0 })
  })

  it('that is read-only is told in one line at the start', async () => {
    await kill(server)
    system('mount', '-o', 'remount,ro', fullDir)
    const program = startProgram('main.ts', fullDir)
    started.push(program)
    expect(await program.ended()).toBe(1)
    expect(program.output().trim()).toMatch(/^Cannot start: [^\n]*$/)
    system('mount', '-o', 'remount,rw', fullDir)
  })
})

const brokenDir = mkdtempSync(join(tmpdir(), 'zhengbiao-read-only-'))
const image = `${brokenDir}.img`
const mountImage = () => system('mount', '-o', 'loop,errors=remount-ro', image, brokenDir)
/** What takes the right to write away from the mounted image, as the system does after a fault of its device. */
const breaker = () => `/sys/fs/ext4/${basename(system('findmnt', '-n', '-o', 'SOURCE', brokenDir))}/trigger_fs_error`
const isImageMounted = mounted('disk that becomes read-only', () => {
  system('truncate', '-s', `${JOURNALLED_MB}M`, image)
  system('mkfs.ext4', '-q', '-F', image)
  mountImage()
  if (existsSync(breaker())) return
  system('umount', '-l', brokenDir)
  throw new Error('this system breaks no file system on request')
})

describe.skipIf(!isImageMounted)('a disk that becomes read-only under a running server', () => {
  const started: Program[] = []
  const start = async () => {
    const server = await startServer(brokenDir)
    started.push(server)
    return server
  }
  afterAll(async () => {
    await Promise.all(started.map(kill))
    system('umount', '-l', brokenDir)
    rmSync(brokenDir, { recursive: true, force: true })
    rmSync(image, { force: true })
  })

  it('is read from as before, writes are told, and what was acknowledged is there when it has been mended', async () => {
    const server = await start()
    for (let i = 0; i < 5; i++) expect((await addUnit(server, `先有的局${i}`)).status).toBe(201)
    ageSessions(brokenDir)
    // What is in memory only would be lost with the disk; what was acknowledged is not.
    writeFileSync(breaker(), '1')
    expect(() => writeFileSync(join(brokenDir, 'new'), '1')).toThrow('EROFS')

    const { taken, refused } = await writeUntilRefused(server)
    expect(taken).toBe(0)
    const upload = await server.upload('/imports', '通知.txt', '到2030年，覆盖率达到95%以上。')
    expect([upload.status, ((await upload.json()) as { title: string }).title]).toEqual([503, '磁盘空间不足'])
    expect(await statusOf(server)).toEqual(allWell)
    expect(await unitsOf(server)).toBe(5)
    server.child.kill('SIGTERM')
    expect(await server.ended()).toBe(0)
    printFigures('disk that becomes read-only', { 'writes refused with 503': refused + 1, 'reads failed': 0 })

    system('umount', brokenDir)
    mountImage()
    const next = await start()
    expect(await unitsOf(next)).toBe(5)
    expect((await addUnit(next, '修好之后的局')).status).toBe(201)
  })
})
