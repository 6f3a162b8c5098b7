import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tif } from '../server/readers/files.ts'
import { buildApp } from '../../server/app.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

const PAGES = 4

/** A tif of pages that are the same lines of a scan. */
async function severalPages(): Promise<Buffer> {
  const image = await loadImage(readFileSync(new URL('../server/readers/files/scan.jpg', import.meta.url)))
  const [width, height] = [image.width, 420]
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, width, height)
  const grey = Uint8Array.from({ length: width * height }, (_, i) => data[i * 4]!)
  return tif(Array.from({ length: PAGES }, () => ({ width, height, grey })))
}

describe.skipIf(!findChromium())('the import of a scan', () => {
  let web: BrowserApp
  let second: Awaited<ReturnType<typeof buildApp>> | undefined
  beforeAll(async () => {
    web = await startBrowserApp()
  })
  afterAll(async () => {
    await second?.close()
    await web?.close()
  })

  /** The server ends and another one takes its place. */
  async function restart() {
    const { app, db: database, dataDir, clock } = web.office
    await app.close()
    second = await buildApp({ database, dataDir, now: () => clock.now, limits: false })
    await second.listen({ port: Number(new URL(web.address).port), host: '127.0.0.1' })
  }
  const jobs = (page: Page) => page.getByRole('region', { name: '导入进度' })
  const pagesKept = () =>
    readdirSync(join(web.office.dataDir, 'reading'), { recursive: true }).filter((name) =>
      /scan-\d+/.test(String(name)),
    )

  it('tells page by page how far it is, to who comes back to the page too, can be cancelled, and goes on after a restart where it was', async () => {
    const buffer = await severalPages()
    const page = await web.open('supervisor', '/documents')
    const choose = () =>
      page.getByLabel('选择要导入的文件').setInputFiles({ name: '水利扫描.tif', mimeType: 'image/tiff', buffer })

    await choose()
    await jobs(page)
      .getByText(new RegExp(`正在识别扫描件，第 [1-4] / ${PAGES} 页`))
      .waitFor()
    await jobs(page).getByRole('button', { name: '取消' }).click()
    await jobs(page).getByText('《水利扫描.tif》的导入已取消，没有存入任何内容。').waitFor()

    await choose()
    await jobs(page)
      .getByText(new RegExp(`正在识别扫描件，第 [1-4] / ${PAGES} 页`))
      .waitFor()
    await page.goto('/targets')
    await page.goto('/documents')
    await jobs(page)
      .getByText(new RegExp(`正在识别扫描件，第 [2-4] / ${PAGES} 页`))
      .waitFor()
    await restart()
    const interrupted = '导入时服务停止，没有存入任何内容，请重新导入；扫描件已识别的页会保留'
    await jobs(page).getByText(interrupted).waitFor()
    await page.reload()
    await jobs(page).getByText(interrupted).waitFor()
    await jobs(page).getByRole('button', { name: '收起已结束的' }).click()
    await jobs(page).waitFor({ state: 'detached' })
    const kept = pagesKept().length
    expect(kept).toBeGreaterThan(0)

    await choose()
    await jobs(page).getByText('已入库').waitFor()
    expect(await jobs(page).getByRole('link', { name: '对照原文看' }).count()).toBe(1)
    expect(pagesKept()).toEqual([])
  }, 600_000) // a page takes a second or two alone, and many times that where other tests have the cores
})
