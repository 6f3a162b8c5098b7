import { gzipSync } from 'node:zlib'
import { performance } from 'node:perf_hooks'
import { type Browser, chromium, type Page } from 'playwright-core'
import { CHROMIUM_FLAGS, findChromium } from '../e2e/chromium.ts'
import { BENCH_PASSWORD, BENCH_USER } from './person.ts'

/** One measure in the browser and the most it may be. */
export interface BrowserFigure {
  name: string
  value: number
  unit: 'ms' | 'KB' | 'frames'
  most: number
}

const ROUNDS = 5
const SCROLLS = 60
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const ROW = '.body [role=row]'

/**
 * The pages as a person feels them, in the system's Chromium, at the rows that the server has: first rows of the ledger
 * (< 1 s), frames without rows while scrolling (none), a filter taken and a text searched for until the rows are the new
 * ones (< 200 ms beside the pause of typing), script of the first view of the overview (< 300 KB gzip).
 * @returns null where there is no Chromium
 */
export async function timeBrowser(address: string): Promise<BrowserFigure[] | null> {
  const executablePath = findChromium()
  if (!executablePath) return null
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
  try {
    const script = await firstViewScript(browser, address)
    const page = await signedIn(browser, address)
    const rows = median(await rounds(page, async () => {
      await page.goto('about:blank')
      return timed(async () => {
        await page.goto(`${address}/targets`, { waitUntil: 'commit' })
        await page.locator(ROW).first().waitFor()
      })
    }))
    const blank = await blankFrames(page)
    await page.goto(`${address}/targets`, { waitUntil: 'networkidle' })
    await page.locator(ROW).first().waitFor()
    const filter = await interaction(page, async (i) => { await choose(page, i) })
    const open = median(await rounds(page, async () => {
      await page.goto(`${address}/targets`, { waitUntil: 'networkidle' })
      await page.locator(ROW).first().waitFor()
      return timed(async () => {
        await page.locator(ROW).nth(3).click()
        await page.locator('.gauge, .target-steps').first().waitFor()
      })
    }))
    return [
      { name: 'overview: script of the first view', value: script, unit: 'KB', most: 300 },
      { name: 'ledger: first rows', value: rows, unit: 'ms', most: 1000 },
      { name: 'ledger: frames without rows while scrolling', value: blank, unit: 'frames', most: 0 },
      { name: 'ledger: a filter taken, new rows shown', value: filter, unit: 'ms', most: 200 },
      { name: 'target: opened from its row', value: open, unit: 'ms', most: 200 },
    ]
  } finally {
    await browser.close()
  }
}

async function signedIn(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 } })
  await context.addInitScript('globalThis.__name = (named) => named') // tsx wraps functions with names, also those sent to the page
  await context.request.post('/api/session', { data: { username: BENCH_USER, password: BENCH_PASSWORD }, headers: { 'x-requested-with': 'zhengbiao' } })
  return context.newPage()
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function rounds(page: Page, work: () => Promise<number>): Promise<number[]> {
  const figures: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    figures.push(await work())
    await page.waitForLoadState('networkidle') // nobody asks for five pages within a second
  }
  return figures
}

/** Gzip KB of all script that the overview asks for with an empty cache. */
async function firstViewScript(browser: Browser, address: string): Promise<number> {
  const page = await signedIn(browser, address)
  const sizes: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') sizes.push(response.body().then((body) => gzipSync(body).length))
  })
  await page.goto(address)
  await page.locator('a.tile').first().waitFor()
  await page.waitForLoadState('networkidle')
  const all = await Promise.all(sizes)
  await page.context().close()
  return all.reduce((sum, size) => sum + size, 0) / 1024
}

/** Scrolls by two thirds of a screen each frame, over page after page, and counts frames in which a part of the table has no row. */
async function blankFrames(page: Page): Promise<number> {
  return page.evaluate(({ scrolls, row }) => new Promise<number>((resolve) => {
    const table = document.querySelector('[role=table]')!
    let blank = 0
    let turn = 0
    const look = () => {
      const box = table.getBoundingClientRect()
      const rows = [...table.querySelectorAll(row)].map((one) => one.getBoundingClientRect()).filter((one) => one.bottom > box.top + 40 && one.top < box.bottom - 8)
      const lowest = Math.max(0, ...rows.map((one) => one.bottom))
      const atEnd = table.scrollTop + table.clientHeight >= table.scrollHeight - 8
      if (rows.length === 0 || (!atEnd && lowest < box.bottom - 60)) blank += 1
      turn += 1
      if (turn >= scrolls) return resolve(blank)
      table.scrollTop += table.clientHeight * 0.66
      // after the frame in which the table has seen the scroll
      requestAnimationFrame(() => requestAnimationFrame(look))
    }
    look()
  }), { scrolls: SCROLLS, row: ROW })
}

/** Takes the filter for one kind and another, as a click in its panel does. */
async function choose(page: Page, i: number): Promise<void> {
  const box = page.locator('label', { hasText: i % 2 === 0 ? '时间节点' : '量化指标' }).locator('input')
  await box.evaluate((input: HTMLInputElement) => input.click())
}

/** Milliseconds from a click to the frame in which the table shows other rows, median. */
async function interaction(page: Page, act: (i: number) => Promise<void>): Promise<number> {
  await page.locator('.filters button', { hasText: '类别' }).click()
  await page.locator('label', { hasText: '时间节点' }).waitFor()
  const figures: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    await page.evaluate((row) => {
      const head = document.querySelector('.page-header')!
      const before = head.textContent + document.querySelector(row)!.textContent
      const state = window as unknown as { benchChanged: Promise<number> }
      state.benchChanged = new Promise<number>((resolve) => {
        let start = 0
        document.addEventListener('click', () => { start = performance.now() }, { capture: true, once: true })
        const look = () => {
          const now = head.textContent + (document.querySelector(row)?.textContent ?? '')
          if (start > 0 && now !== before) resolve(performance.now() - start)
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      })
    }, ROW)
    await act(i)
    figures.push(await page.evaluate(() => (window as unknown as { benchChanged: Promise<number> }).benchChanged))
    await page.waitForLoadState('networkidle')
  }
  return median(figures)
}
