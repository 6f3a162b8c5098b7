/**
 * `npm run screens`: boots the demo on a data folder of its own and photographs every page, for every role that has it,
 * in both modes and at desk and phone size, into the ignored folder screens/. Pages are found by each role's own
 * navigation and by the links from a page to its own parts (?tab=, ?part=, ?view=), so a new page needs no line here;
 * what opens only by a click stands in {@link OPENED}. `npm run screens -- tasks` takes only pages with that in their name.
 * The pictures of the help are made anew too, into web/ (help-pictures.ts); `npm run screens -- help` takes them alone.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { loadSeeds } from '../../seeds/load.ts'
import { readConfig } from '../../server/config.ts'
import { loadDemo } from '../../server/demo/load.ts'
import { buildWebIfNeeded } from '../../server/demo/web.ts'
import { run } from '../../server/run.ts'
import { CHROMIUM_FLAGS, findChromium } from './chromium.ts'
import { HELP_PICTURES, HELP_SIZES, helpPath, takeHelpPicture } from './help-pictures.ts'
import { importOriginals } from './screen-files.ts'

const OUT = fileURLToPath(new URL('../../screens', import.meta.url))
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]
const MODES = ['light', 'dark'] as const
const ROLES = ['supervisor', 'reporter', 'leader', 'admin'] as const
/** For a chart to be drawn and a jump to land. */
const QUIET_MS = 500

/** A unit that has not signed yet for what it was given. */
const UNSIGNED = loadSeeds()
  .sources.flatMap(({ items }) => items)
  .filter(({ assignedAt, signed }) => assignedAt !== null && signed.length === 0)
  .map(({ units }) => loadSeeds().people.find(({ unit }) => unit === units.lead[0])!.username)[0]

/** Dialogs and panels worth a look: role, page, and what is clicked one after the other. */
const OPENED: {
  role: (typeof ROLES)[number]
  path: string
  name: string
  clicks: (string | RegExp)[]
  /** The phone's layout does not have it: cards have no columns to choose. */
  wide?: boolean
  /** Who has it to do, where it is not the one whose pages are taken. */
  as?: string
}[] = [
  { role: 'leader', path: '/', name: 'compare', clicks: [/^对比/] },
  { role: 'leader', path: '/', name: 'as-of', clicks: [/^截至/] },
  { role: 'supervisor', path: '/targets', name: 'columns', clicks: ['列'], wide: true },
  { role: 'supervisor', path: '/targets', name: 'views', clicks: ['视图'] },
  { role: 'supervisor', path: '/targets', name: 'export', clicks: ['导出'] },
  { role: 'supervisor', path: '/targets', name: 'unit-filter', clicks: ['单位'] },
  { role: 'supervisor', path: '/targets?light=behind', name: 'more-steps', clicks: ['FIRST ROW', '更多办理'] },
  { role: 'supervisor', path: '/targets?light=behind', name: 'urge', clicks: ['FIRST ROW', '催办'] },
  { role: 'supervisor', path: '/targets?light=behind', name: 'break-down', clicks: ['FIRST ROW', '更多办理', '分解'] },
  { role: 'supervisor', path: '/supervision', name: 'return', clicks: ['退回'] },
  { role: 'supervisor', path: '/documents', name: 'paste', clicks: ['粘贴文字'] },
  { role: 'reporter', path: '/tasks', name: 'import', clicks: ['用表格批量填报'] },
  { role: 'reporter', path: '/tasks', name: 'sign', clicks: ['签收'], as: UNSIGNED },
  { role: 'admin', path: '/system?part=people', name: 'new-person', clicks: ['新建账号'] },
  { role: 'admin', path: '/system', name: 'new-unit', clicks: ['新建单位'] },
  { role: 'supervisor', path: '/', name: 'search', clicks: ['搜索'] },
  { role: 'supervisor', path: '/assign', name: 'chosen', clicks: ['FIRST BOXES'] },
  { role: 'leader', path: '/supervision?tab=instructions', name: 'write', clicks: ['作出批示'] },
]
/** Pages that no navigation leads to, by who has them. */
const OTHERS: Record<(typeof ROLES)[number], readonly string[]> = {
  supervisor: [
    '/assign',
    '/items/new',
    '/intake/ledger',
    '/supervision?tab=instructions',
    '/instructions/1',
    '/help/supervisor',
  ],
  reporter: ['/instructions/1', '/help/reporter'],
  leader: ['/supervision?tab=instructions', '/help/leader'],
  admin: ['/intake/units', '/intake/people', '/help/admin'],
}
/** The reporter whose unit has most to do, so that every section of 我的任务 is seen. */
const REPORTER = 'gongxin'
const SUPERVISOR = loadSeeds().people.find(({ role }) => role === 'supervisor')!.username
const only = process.argv[2]

const nameOf = (path: string) => (path === '/' ? 'overview' : path.slice(1).replace(/[^\p{L}\d]+/gu, '-'))

/** Pages that no navigation leads to directly: records of the demo, found by asking for them. */
async function records(context: BrowserContext): Promise<string[]> {
  const ask = async (url: string) =>
    (await (await context.request.get(url)).json()) as { items?: { id: number; kind?: string }[] }
  const found: string[] = []
  for (const light of ['overdue', 'behind', 'done']) {
    const first = (await ask(`/api/targets?scope=tracked&kind=quantity&light=${light}&limit=1`)).items?.[0]
    if (first) found.push(`/targets/${first.id}`)
  }
  const document = (await ask('/api/documents?limit=1')).items?.[0]
  if (document) {
    const findings = (await ask(`/api/documents/${document.id}/findings`)).items ?? []
    const middle = findings[Math.floor(findings.length / 2)]
    found.push(`/documents/${document.id}${middle ? `?finding=${middle.id}` : ''}`)
  }
  const bulletin = (await ask('/api/bulletins?limit=1')).items?.[0]
  if (bulletin) found.push(`/bulletins/${bulletin.id}`)
  const asked = await context.request.get('/api/tasks')
  const report = asked.ok() ? ((await asked.json()) as { toReport: { id: number }[] }).toReport[0] : undefined
  if (report) found.push(`/targets/${report.id}/report`)
  return [...found, '/targets?light=overdue', '/targets?q=没有这样的指标', '/wall', '/password', '/no-such-page']
}

/** A page with all that it shows, however slow the machine is. */
async function opened(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  page.on('pageerror', (error) => console.log(`${path}: ${error.message}`))
  await page.goto(path)
  // A page of a stream of events is never idle: what counts is that no grey lines stand for text on its way.
  await page
    .locator('h1, [role=alert]')
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => console.log(`${path}: nothing came`))
  await page
    .locator('.skeleton')
    .first()
    .waitFor({ state: 'detached', timeout: 5_000 })
    .catch(() => console.log(`${path}: still loading`))
  return page
}

async function shoot(context: BrowserContext, path: string, file: string, clicks: (string | RegExp)[] = []) {
  if (only !== undefined && !file.includes(only)) return 0
  const page = await opened(context, path)
  for (const click of clicks) {
    const wanted =
      click === 'FIRST ROW'
        ? page.locator('.body [role=row] a')
        : click === 'FIRST BOXES'
          ? page.getByRole('checkbox', { name: /^全选/ })
          : page.getByRole('button', { name: click, exact: true })
    await wanted
      .first()
      .click({ timeout: 5_000 })
      .catch(() => console.log(`${file}: no ${String(click)}`))
    if (click === 'FIRST ROW') await page.waitForURL(/\/targets\/\d+/)
  }
  await page.waitForTimeout(QUIET_MS)
  await page.screenshot({ path: join(OUT, `${file}.png`) })
  await page.close()
  return 1
}

async function pagesOf(browser: Browser, address: string, username: string | null) {
  const context = await browser.newContext({ baseURL: address })
  if (username === null) return ['/sign-in']
  await signIn(context, username)
  const originals = username === SUPERVISOR ? await importOriginals(context.request) : []
  const page = await context.newPage()
  await page.goto('/')
  await page.locator('nav a').first().waitFor()
  const links = await page.locator('nav a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
  const parts: string[] = []
  for (const link of new Set(links)) {
    await page.goto(link)
    await page.locator('h1').first().waitFor()
    await page
      .locator('.skeleton')
      .first()
      .waitFor({ state: 'detached', timeout: 5_000 })
      .catch(() => undefined)
    parts.push(
      ...(await page
        .locator('main a')
        .evaluateAll((all) =>
          all.map((one) => one.getAttribute('href') ?? '').filter((href) => /[?&](?:tab|part|view)=[a-z]/.test(href)),
        )),
    )
  }
  const all = [
    ...originals,
    ...links,
    ...parts.filter((part) => links.includes(part.split('?')[0]!)),
    ...(await records(context)),
  ]
  await context.close()
  return [...new Set(all)]
}

/** The pictures of the help, each as the person who reads it sees the page. */
async function takeHelp(of: Browser): Promise<number> {
  for (const role of ROLES) {
    for (const { ending, viewport, scale } of HELP_SIZES) {
      const context = await of.newContext({
        baseURL: running.address,
        viewport,
        colorScheme: 'light',
        locale: 'zh-CN',
      })
      await signIn(context, usernameOf(role))
      for (const { name, path } of HELP_PICTURES.filter((one) => one.role === role)) {
        const page = await opened(context, await helpPath(context, path))
        await page.waitForTimeout(QUIET_MS)
        await takeHelpPicture(page, `${name}${ending}`, scale)
        await page.close()
      }
      await context.close()
    }
  }
  return HELP_PICTURES.length * HELP_SIZES.length
}

const usernameOf = (role: (typeof ROLES)[number]) =>
  role === 'reporter' ? REPORTER : loadSeeds().people.find((person) => person.role === role)!.username

async function signIn(context: BrowserContext, username: string) {
  const { password } = loadSeeds()
  const answer = await context.request.post('/api/session', {
    data: { username, password },
    headers: { 'x-requested-with': 'zhengbiao' },
  })
  if (!answer.ok()) throw new Error(`${username} cannot sign in: ${answer.status()}`)
}

const chromiumPath = findChromium()
if (!chromiumPath) {
  console.log('screens need Chromium: install it, or name it in CHROMIUM')
  process.exit(1)
}
const dataDir = mkdtempSync(join(tmpdir(), 'zhengbiao-screens-'))
buildWebIfNeeded(console.log)
const running = await run(readConfig({ DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error' }), {
  beforeStart: async (app) => {
    await loadDemo(app, console.log)
  },
  print: () => undefined,
})
const browser = await chromium.launch({ executablePath: chromiumPath, args: [...CHROMIUM_FLAGS, '--lang=zh-CN'] })
if (only === undefined) rmSync(OUT, { recursive: true, force: true })
mkdirSync(OUT, { recursive: true })
let count = 0
try {
  for (const role of [null, ...ROLES]) {
    const username = role === null ? null : usernameOf(role)
    if (only === 'help') break
    const paths = [...(await pagesOf(browser, running.address, username)), ...(role === null ? [] : OTHERS[role])]
    for (const colorScheme of MODES) {
      for (const viewport of SIZES) {
        const context = await browser.newContext({ baseURL: running.address, viewport, colorScheme, locale: 'zh-CN' })
        if (username) await signIn(context, username)
        for (const path of paths) {
          count += await shoot(context, path, `${role ?? 'nobody'}-${nameOf(path)}-${viewport.width}-${colorScheme}`)
        }
        for (const one of OPENED.filter((each) => each.role === role && (!each.wide || viewport.width > 720))) {
          const name = `${role}-${nameOf(one.path)}-${one.name}-${viewport.width}-${colorScheme}`
          if (one.as === undefined) count += await shoot(context, one.path, name, one.clicks)
          else {
            const other = await browser.newContext({ baseURL: running.address, viewport, colorScheme, locale: 'zh-CN' })
            await signIn(other, one.as)
            count += await shoot(other, one.path, name, one.clicks)
            await other.close()
          }
        }
        await context.close()
      }
    }
  }
  if (only !== 'help') console.log(`${count} pictures in ${OUT}`)
  if (only === undefined || only === 'help') console.log(`${await takeHelp(browser)} pictures for the help`)
} finally {
  await browser.close()
  await running.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
