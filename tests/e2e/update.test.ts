import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WEB_DIST } from '../../server/plugins/static-web.ts'
import type { Person } from '../server/helper.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'

/** Gives every built file another name, as a new version would have; what the old pages ask for is gone. */
function update(dist: string): void {
  const assets = join(dist, 'assets')
  for (const packed of readdirSync(assets).filter((name) => /\.(?:br|gz)$/.test(name))) rmSync(join(assets, packed))
  const names = readdirSync(assets).filter((name) => /\.(?:js|css)$/.test(name))
  for (const path of [join(dist, 'index.html'), ...names.map((name) => join(assets, name))]) {
    const text = readFileSync(path, 'utf8')
    writeFileSync(
      path,
      names.reduce((sum, name) => sum.replaceAll(name, name.replace(/\.(?=\w+$)/, 'v2.')), text),
    )
  }
  for (const name of names) renameSync(join(assets, name), join(assets, name.replace(/\.(?=\w+$)/, 'v2.')))
}

describe.skipIf(!findChromium())('an update under open pages', () => {
  let folder: string
  let dist: string
  let web: BrowserApp
  let target: number

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'zhengbiao-update-'))
    dist = join(folder, 'dist')
    cpSync(WEB_DIST, dist, { recursive: true })
    web = await startBrowserApp(dist)
    target = await web.office.signedTarget({ deadline: '2099-12-31' })
  })
  afterAll(async () => {
    await web?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = async (person: Person, path: string) => {
    const page = await web.open(person, path)
    await page.locator('h1').first().waitFor()
    return page
  }

  it('opens the page that was clicked in the new version, asks before typed words would go, and never reloads for ever', async () => {
    const reader = await open('leader', '/targets')
    const writer = await open('reporter', `/targets/${target}/report`)
    await writer.fill('[name=note]', '已完成前期勘察')
    update(dist)

    await reader.click('nav >> text=文件库')
    await reader.locator('h1', { hasText: '文件库' }).waitFor()
    expect(new URL(reader.url()).pathname).toBe('/documents')
    expect(await reader.locator('script[src*="v2.js"]').count()).toBeGreaterThan(0)

    await writer.click('nav >> text=文件库')
    const notice = writer.getByRole('alert').filter({ hasText: '系统已更新' })
    await notice.waitFor()
    expect(await writer.inputValue('[name=note]')).toBe('已完成前期勘察')
    await notice.getByRole('button', { name: '稍后' }).click()
    await notice.waitFor({ state: 'detached' })
    await Promise.all([
      writer.getByText('草稿已保存').waitFor(),
      writer.getByRole('button', { name: '保存草稿', exact: true }).click(),
    ])
    await writer.click('nav >> text=文件库')
    await notice.getByRole('button', { name: '刷新' }).click()
    await writer.locator('h1', { hasText: '文件库' }).waitFor()
    await writer.goto(`/targets/${target}/report`)
    await expect.poll(() => writer.inputValue('[name=note]')).toBe('已完成前期勘察')

    // A broken installation: the new version lacks a page. It says so instead of going round in circles.
    const lost = readdirSync(join(dist, 'assets')).find((name) => /^bulletins-.*\.js$/.test(name))!
    rmSync(join(dist, 'assets', lost))
    let loads = 0
    reader.on('load', () => {
      loads += 1
    })
    await reader.click('nav >> text=通报')
    await reader.getByRole('alert').filter({ hasText: '页面的程序没有载入' }).waitFor()
    expect(loads).toBeLessThanOrEqual(1)
    expect(existsSync(join(dist, 'assets', lost))).toBe(false)
  })

  it('keeps the page and all that was typed where the server cannot be reached, and goes on by a retry', async () => {
    const page = await open('reporter', `/targets/${target}/report`)
    await page.fill('[name=note]', '网络断开之前写的')
    await page.context().setOffline(true)
    await page.click('nav >> text=目标台账')
    const notice = page.getByRole('alert').filter({ hasText: '连接不上服务器' })
    await notice.waitFor()
    expect(await page.inputValue('[name=note]')).toBe('网络断开之前写的')
    await page.context().setOffline(false)
    await notice.getByRole('button', { name: '重试' }).click()
    await page.locator('h1', { hasText: '目标台账' }).waitFor()
  })
})
