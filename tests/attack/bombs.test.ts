import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BoundedPool } from '../../server/bounded/pool.ts'
import { BOMBS } from './bombs.ts'
import { printFigures } from './figures.ts'

/**
 * The limits of the test: what a file means to take for minutes it is ended for just as well after seconds. How the server
 * fares with its own limits, `npm run attack -- imports` tells.
 */
const LIMITS = { megabytes: 400, seconds: 3 }

/** What a person may be told: the file is refused, too slow or too large; or its text. */
const ENDS = /^(?:read|ReadError.*|BoundedError (?:memory|time))$/

describe('files that are built to break the reader', () => {
  let folder: string
  let pool: BoundedPool<{ path: string }, never, { raw: string }>
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-bombs-'))
    pool = new BoundedPool(new URL('../../server/cli/extract-worker.ts', import.meta.url))
  })
  afterAll(async () => {
    await pool.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it.each(Object.keys(BOMBS))('%s: ends within its limits', async (name) => {
    const { fileName, bytes } = BOMBS[name]!()
    const path = join(folder, fileName)
    writeFileSync(path, bytes)
    const start = performance.now()
    const end = await pool.run({ task: { path }, small: false, owner: null, ...LIMITS }).then(
      ({ raw }) => {
        expect(raw.length).toBeLessThan(60_000_000)
        return 'read'
      },
      (error: Error & { reason?: string }) =>
        error.name === 'BoundedError' ? `BoundedError ${error.reason}` : `${error.name} ${error.message}`,
    )
    printFigures(name, { KB: Math.round(bytes.length / 1024), end, ms: Math.round(performance.now() - start) })
    expect(end).toMatch(ENDS)
    if (end.startsWith('ReadError')) expect(end).toContain(fileName)
  })

  it('a file behind them is read', async () => {
    const path = join(folder, '好.txt')
    writeFileSync(path, '到2027年，普及率达到95%以上。\n')
    expect(await pool.run({ task: { path }, small: true, owner: null, ...LIMITS })).toMatchObject({
      raw: expect.stringContaining('95%'),
    })
  })
})
