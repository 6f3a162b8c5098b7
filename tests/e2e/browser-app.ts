import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, TestRunner } from 'vitest'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { buildOffice, type Office } from '../server/supervision/office.ts'
import { PASSWORD, type Person } from '../server/helper.ts'
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts'
import { clockFrom, NOW } from './clock.ts'

export interface OpenOptions extends BrowserContextOptions {
  /** Done with the page before it is opened. */
  prepare?: (page: Page) => Promise<void>
}

/** The whole application on a database of its own, served on a free port, and the system's Chromium in front of it. */
export interface BrowserApp {
  office: Office
  address: string
  /** A page of a fresh browser profile, signed in as this person (null: nobody). Its errors (a refused sign-in is none) fail {@link assertQuiet}. */
  open: (person: Person | null, path: string, options?: OpenOptions) => Promise<Page>
  /** Fails the test where a page has thrown, logged an error or asked another host. */
  assertQuiet: () => void
  close: () => Promise<void>
}

/** `E2E_SLOW=4` lets the pages run at a quarter of the processor's speed, as on a machine that has much else to do. */
const SLOW = Number(process.env.E2E_SLOW) || 1

/** Longest wait for anything in a page, in milliseconds: it says nothing of speed, the machine of the tests has other work. */
const PATIENCE = 120_000 * SLOW

/** One Chromium for all files of tests that a process runs; each page has a profile of its own. It ends with the process. */
let launched: Browser | undefined
async function sharedBrowser(): Promise<Browser> {
  if (!launched?.isConnected())
    launched = await chromium.launch({ executablePath: findChromium()!, args: [...CHROMIUM_FLAGS, '--lang=zh-CN'] })
  return launched
}

/**
 * Pages and server agree that it is {@link NOW}; the server's clock stands still until a test moves it.
 * @param webDist folder of the built pages; web/dist unless told
 */
export async function startBrowserApp(webDist?: string): Promise<BrowserApp> {
  const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-e2e-'))
  const office = await buildOffice({
    path: join(folder, 'zhengbiao.sqlite'),
    now: NOW.toISOString(),
    webDist,
  })
  const address = await office.app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await sharedBrowser()
  const noises: string[] = []
  const contexts: BrowserContext[] = []

  function listen(page: Page) {
    page.on('pageerror', (error) => noises.push(`${page.url()}: ${error.message}`))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('status of 401'))
        noises.push(`${page.url()}: ${message.text()}`)
    })
    page.on('request', (request) => {
      if (!/^(?:blob|data):/.test(request.url()) && !request.url().startsWith(address))
        noises.push(`another host: ${request.url()}`)
    })
  }

  /** A page lives as long as its test: left open it would go on asking the server. Where the test failed, what it showed is told. */
  function afterTest(page: Page) {
    if (TestRunner.getCurrentTest() === undefined) return // opened for all tests of the file
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') {
        const shown = await page
          .locator('body')
          .innerText({ timeout: 2_000 })
          .catch(() => '(closed)')
        console.error(`${task.name}: ${page.url()} showed\n${shown.replace(/\n+/g, ' | ').slice(0, 1_500)}`)
      }
      await page.context().close()
    })
  }

  return {
    office,
    address,
    async open(person, path, { prepare, ...options } = {}) {
      const context = await browser.newContext({
        baseURL: address,
        locale: 'zh-CN',
        viewport: { width: 1440, height: 900 },
        ...options,
      })
      contexts.push(context)
      context.setDefaultTimeout(PATIENCE)
      await context.addInitScript(clockFrom(NOW))
      if (person) {
        const answer = await context.request.post('/api/session', {
          data: { username: person, password: PASSWORD },
          headers: { 'x-requested-with': 'zhengbiao' },
        })
        if (!answer.ok()) throw new Error(`${person} cannot sign in: ${await answer.text()}`)
      }
      const page = await context.newPage()
      listen(page)
      afterTest(page)
      if (SLOW > 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOW })
      await prepare?.(page)
      await page.goto(path)
      return page
    },
    assertQuiet() {
      const heard = noises.splice(0)
      if (heard.length > 0) throw new Error(`the pages complained:\n${heard.join('\n')}`)
    },
    async close() {
      for (const context of contexts) await context.close()
      await office.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
