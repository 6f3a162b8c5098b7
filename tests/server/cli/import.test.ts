import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { files } from '../../../db/schema/index.ts'
import { openDatabase } from '../../../db/open.ts'
import { databasePath } from '../../../server/paths.ts'
import { zip } from '../readers/files.ts'

const IMPORT = fileURLToPath(new URL('../../../server/cli/import.ts', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a zip is unpacked into its documents, each of which is told, and stays where it is; what is too large is refused unread', () => {
  const text = (n: number) => `霁川市人民政府关于${n}号工作的通知\n到2027年，普及率达到${90 + n}%以上。\n`
  const path = join(folder, '批.zip')
  writeFileSync(
    path,
    zip([
      { name: '文件/一.txt', data: Buffer.from(text(1)) },
      { name: '文件/二.txt', data: Buffer.from(text(2)) },
      { name: '空.txt', data: Buffer.alloc(0) },
    ]),
  )
  const large = join(folder, '\u202E大.txt')
  writeFileSync(large, '')
  truncateSync(large, 3 * 1024 ** 3) // takes no room on the disk
  const dataDir = join(folder, 'data')
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), IMPORT, path, join(folder, '没有.txt'), large],
    { env: { ...process.env, DATA_DIR: dataDir, TMPDIR: folder }, encoding: 'utf8', timeout: 240_000 },
  )
  expect([status, stdout.trim().split('\n')]).toEqual([
    1,
    [expect.stringMatching(/^✓ 一\.txt：1 份文件/), expect.stringMatching(/^✓ 二\.txt：1 份文件/)],
  ])
  expect(stderr).toContain('✗ 《空.txt》是空文件')
  expect(stderr).toContain('没有.txt：没有这个文件')
  expect(stderr).toContain('✗ 《大.txt》超过 50 MB')
  const db = openDatabase(databasePath(dataDir))
  expect(db.select({ name: files.name }).from(files).all()).toEqual([{ name: '一.txt' }, { name: '二.txt' }])
  db.$client.close()
  expect(existsSync(path)).toBe(true)
  expect(readdirSync(folder).filter((name) => name.startsWith('zhengbiao-import'))).toEqual([])
})
