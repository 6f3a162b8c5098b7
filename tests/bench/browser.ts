import { gzipSync } from 'node:zlib'
import { type Browser, chromium, type Page } from 'playwright-core'
import { CHROMIUM_FLAGS, findChromium } from '../e2e/chromium.ts'
import { arm, blankFrames, ROW, shownAfter } from './in-page.ts'
import { BENCH_PASSWORD, BENCH_USER } from './person.ts'
import type { BenchServer } from './start-server.ts'

/** One measure in the browser and the most it may be. */
export interface BrowserFigure {
  name: string
  value: number
  unit: 'ms' | 'KB' | 'frames' | 'requests'
  /** Absent for what is only told. */
  most?: number
  /** Milliseconds of the processor that the page's main thread and the server's took for it; only of times, NaN where the system does not tell. */
  page?: number
  server?: number
}

const ROUNDS = 5
/** The pause after the last stroke before a search begins; it is no work. */
const SETTLE_MS = 250
const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!

/**
 * The pages as a person feels them, in the system's Chromium, at the rows that the server has: the ledger's first rows
 * from an empty cache (< 1 s), frames without rows while scrolling (none), and from an input to the frame that shows
 * what came of it (< 200 ms): a filter, another order, a search, another day, a target opened. Times count from the
 * moment of the input; beside them stands what the page and the server worked, which a busy machine does not change.
 * @returns null where there is no Chromium
 */
export async function timeBrowser(server: BenchServer): Promise<BrowserFigure[] | null> {
  const executablePath = findChromium()
  if (!executablePath) return null
  const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] })
  try {
    const figures = [...(await overview(browser, server)), ...(await firstRows(browser, server))]
    const page = await signedIn(browser, server)
    const work = await Work.of(page, server)
    const ledger = async (query = '') => {
      await page.goto(`/targets${query}`)
      await page.locator(ROW).first().waitFor()
      await page.locator('.page-header', { hasText: /\d+ 项/ }).waitFor()
    }
    await ledger()
    figures.push({
      name: 'ledger: frames without rows while scrolling',
      value: await page.evaluate<number>(blankFrames),
      unit: 'frames',
      most: 0,
    })

    await ledger()
    await page.locator('.filters button', { hasText: '类别' }).click()
    await page.locator('label', { hasText: '时间节点' }).waitFor()
    figures.push(
      await work.interaction('ledger: a filter taken', async (i) => {
        await page
          .locator('label', { hasText: i % 2 === 0 ? '时间节点' : '量化指标' })
          .locator('input')
          .evaluate((box: HTMLInputElement) => box.click())
      }),
    )
    await ledger()
    figures.push(
      await work.interaction('ledger: another order', async (i) => {
        await page
          .getByRole('columnheader', { name: i % 2 === 0 ? '进度' : '期限' })
          .getByRole('button')
          .click()
      }),
    )
    for (const [name, words] of [
      ['three signs and more', ['耕地保护', '污水集中', '义务教育', '养老床位', '研发经费']],
      ['two signs', ['耕地', '污水', '义务', '养老', '研发']],
    ] as const) {
      await ledger()
      figures.push(
        await work.interaction(
          `ledger: search of ${name}`,
          async (i) => {
            await page.getByLabel('搜索目标').fill(words[i]!)
          },
          SETTLE_MS,
        ),
      )
    }
    await ledger()
    const day = (i: number) => `2026-0${1 + (i % 2)}-15`
    for (const name of ['ledger: a day not looked at for long', 'ledger: another day']) {
      figures.push(
        await work.interaction(
          name,
          async (i) => {
            // as the history does it, whatever the control looks like
            await page.evaluate(
              `dispatchEvent(new Event('bench')); history.pushState({ position: history.length }, '', '/targets?asOf=${day(i)}'); dispatchEvent(new PopStateEvent('popstate', { state: history.state }))`,
            )
          },
          0,
          name === 'ledger: another day' ? ROUNDS : 2,
        ),
      )
    }
    figures.push(await opening(work, ledger))
    return figures
  } finally {
    await browser.close()
  }
}

async function signedIn(browser: Browser, { address }: BenchServer): Promise<Page> {
  const context = await browser.newContext({ baseURL: address, viewport: { width: 1440, height: 900 } })
  await context.request.post('/api/session', {
    data: { username: BENCH_USER, password: BENCH_PASSWORD },
    headers: { 'x-requested-with': 'zhengbiao' },
  })
  return context.newPage()
}

/** Gzip KB of all script that the overview asks for with an empty cache. */
async function overview(browser: Browser, server: BenchServer): Promise<BrowserFigure[]> {
  const page = await signedIn(browser, server)
  const sizes: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script')
      sizes.push(response.body().then((body) => gzipSync(body).length))
  })
  // Somebody of the office begins the day elsewhere; in a tab that has been open before, the address is what it says.
  await page.addInitScript(() => sessionStorage.setItem('zhengbiao.arrived', '1'))
  await page.goto('/')
  await page.locator('a.tile').first().waitFor()
  const all = await Promise.all(sizes)
  await page.context().close()
  return [
    {
      name: 'overview: script of the first view',
      value: all.reduce((sum, size) => sum + size, 0) / 1024,
      unit: 'KB',
      most: 300,
    },
  ]
}

/** A profile of its own each round: nothing is kept from the one before. */
async function firstRows(browser: Browser, server: BenchServer): Promise<BrowserFigure[]> {
  const rounds: { ms: number; page: number; server: number; requests: number }[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const page = await signedIn(browser, server)
    const work = await Work.of(page, server)
    let requests = 0
    page.on('request', () => {
      requests += 1
    })
    const before = await work.now()
    await page.goto('/targets', { waitUntil: 'commit' })
    const ms = await page.evaluate<number>(shownAfter)
    const after = await work.now()
    rounds.push({ ms, page: after.page - before.page, server: after.server - before.server, requests })
    await page.context().close()
  }
  const of = (key: keyof (typeof rounds)[number]) => median(rounds.map((round) => round[key]))
  return [
    {
      name: 'ledger: first rows, nothing in the cache',
      value: of('ms'),
      unit: 'ms',
      most: 1000,
      page: of('page'),
      server: of('server'),
    },
    { name: 'ledger: requests before the first rows', value: of('requests'), unit: 'requests' },
  ]
}

async function opening(work: Work, ledger: () => Promise<void>): Promise<BrowserFigure> {
  await ledger()
  return work.interaction(
    'target: opened from its row',
    async (i) => {
      await work.page
        .locator(ROW)
        .nth(i + 1)
        .click()
    },
    0,
    ROUNDS,
    {
      sign: '.target h1',
      back: async () => {
        await work.page.goBack()
        await work.page.locator(ROW).first().waitFor()
      },
    },
  )
}

/** What a page's main thread and the server work for something. */
class Work {
  private constructor(
    readonly page: Page,
    private readonly server: BenchServer,
    private readonly metrics: () => Promise<number>,
  ) {}

  static async of(page: Page, server: BenchServer): Promise<Work> {
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable', { timeDomain: 'threadTicks' }) // work, not the clock: a waiting thread does none
    return new Work(page, server, async () => {
      const { metrics } = await session.send('Performance.getMetrics')
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
    })
  }

  async now(): Promise<{ page: number; server: number }> {
    return { page: await this.metrics(), server: this.server.worked() ?? NaN }
  }

  /** From an input to the frame that shows other rows (or `sign`), median; without `idle` milliseconds that are no work. */
  async interaction(
    name: string,
    act: (i: number) => Promise<void>,
    idle = 0,
    rounds = ROUNDS,
    to: { sign: string; back: () => Promise<void> } | null = null,
  ): Promise<BrowserFigure> {
    const all: { ms: number; page: number; server: number }[] = []
    for (let i = 0; i < rounds; i++) {
      await this.page.evaluate(arm(to?.sign ?? ''))
      const before = await this.now()
      await act(i)
      const ms = (await this.page.evaluate<number>('window.benchShown')) - idle
      const after = await this.now()
      all.push({ ms, page: after.page - before.page, server: after.server - before.server })
      await this.page.waitForTimeout(300) // the counts beside the rows come after them
      await to?.back()
    }
    const of = (key: keyof (typeof all)[number]) => median(all.map((round) => round[key]))
    return { name, value: of('ms'), unit: 'ms', most: 200, page: of('page'), server: of('server') }
  }
}
