import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadImage } from '@napi-rs/canvas'
import { expect, it } from 'vitest'
import { BoundedPool } from '../../server/bounded/pool.ts'
import { newCanvas } from '../../server/readers/ocr/canvas.ts'
import { type Projection, withoutPerspective } from '../../server/readers/ocr/perspective.ts'
import { DEFAULT_SETTINGS } from '../../server/rules/settings.ts'

/** Pixels of what a telephone takes when it is not told to take more: eight million. */
const SIZE = { width: 2448, height: 3264 }
/** From the pixels of the photo to those of the page, which was looked at from its left. */
const SEEN: Projection = [0.58, 0.02, -60, 0.03, 0.6, -80, 6e-5, 0]

/** A page as a telephone sees it from the side. */
async function photo(): Promise<Buffer> {
  const image = await loadImage(readFileSync(new URL('../server/readers/files/scan.jpg', import.meta.url)))
  const { canvas, context } = newCanvas(image.width, image.height)
  context.drawImage(image, 0, 0)
  return withoutPerspective(canvas, SEEN, SIZE).toBuffer('image/jpeg', 80)
}

it('a photo from the side is read within the memory that an import has', { timeout: 600_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-photo-'))
  const pool = new BoundedPool<{ path: string }, never, { raw: string }>(
    new URL('../../server/cli/extract-worker.ts', import.meta.url),
  )
  try {
    const path = join(folder, '照片.jpg')
    writeFileSync(path, await photo())
    const { memoryMegabytes: megabytes } = DEFAULT_SETTINGS.imports
    const { raw } = await pool.run({ task: { path }, small: false, owner: null, megabytes, seconds: 300 })
    expect(raw).toContain('水位监测站')
  } finally {
    await pool.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
