import { eq } from 'drizzle-orm'
import ExcelJS from 'exceljs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documents, files, targetUnits, unitAliases, units, users } from '../../db/schema/index.ts'
import { unitKey } from '../../db/domain/unit-key.ts'
import { readDocument } from '../../server/readers/index.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { dayFrom } from './clock.ts'

/** What somebody could write into a document, a unit's name or a report. */
const EVIL = '<img src=x onerror=alert(1)>'

/** A name that looks like markup is shown as what it is, in every page, tooltip and export. */
describe.skipIf(!findChromium())(`whatever is called ${EVIL}`, () => {
  let web: BrowserApp
  let overdue: number
  let document: number
  let bulletin: number
  let order: number
  const alerts: string[] = []

  beforeAll(async () => {
    web = await startBrowserApp()
    const { office } = web
    const { db, unitIds } = office
    db.update(units).set({ name: EVIL, shortName: EVIL }).where(eq(units.id, unitIds.own)).run()
    db.insert(unitAliases)
      .values({ unitId: unitIds.own, name: EVIL, key: unitKey(EVIL), createdAt: office.clock.now.toISOString() })
      .run()
    db.update(users).set({ displayName: EVIL }).run()
    const text = `一、目标\n到2026年，${EVIL}达到60%以上。（牵头单位：甲局）\n到2026年，新建公里数达到100公里。\n`
    // the text of the office's own file cannot be changed: another one
    const fileId = db
      .insert(files)
      .values({
        sha256: 'e'.repeat(64),
        name: `${EVIL}.txt`,
        format: 'txt',
        size: text.length,
        rawText: text,
        importedAt: office.clock.now.toISOString(),
      })
      .returning()
      .get().id
    document = db
      .insert(documents)
      .values({
        fileId,
        title: EVIL,
        number: EVIL,
        issuer: EVIL,
        issuedOn: '2024-01-10',
        start: 0,
        end: text.length,
        createdAt: office.clock.now.toISOString(),
      })
      .returning()
      .get().id
    const about = {
      documentId: document,
      indicator: EVIL,
      evidence: `到2026年，${EVIL}达到60%以上。`,
      clausePath: [EVIL],
      start: 5,
      end: 40,
      clauseStart: 5,
      clauseEnd: 40,
    }
    overdue = await office.signedTarget({ ...about, deadline: dayFrom(-2) })
    const open = await office.signedTarget({ ...about, deadline: '2099-12-31', unit: EVIL.slice(0, 20) })
    db.update(targetUnits).set({ name: EVIL }).run()
    for (const id of [overdue, open]) {
      const draft = await office.done('reporter', id, 'draft', { value: 55, asOf: dayFrom(-3), note: EVIL })
      await office.done('reporter', id, 'submit', { reportId: draft.record!.id })
      if (id === overdue) await office.done('supervisor', id, 'approve', { reportId: draft.record!.id })
    }
    await office.done('supervisor', overdue, 'urge', { text: EVIL })
    await office.done('leader', overdue, 'instruct', { text: EVIL })
    order = (await office.done('supervisor', overdue, 'issue-order', { color: 'red', text: EVIL, dueOn: '2099-01-01' }))
      .record!.id
    office.addTarget(about)
    const made = await office.injectAs('supervisor', {
      method: 'POST',
      url: '/api/bulletins',
      payload: { period: dayFrom(0).slice(0, 7) },
    })
    bulletin = made.json<{ id: number }>().id
    await office.injectAs('supervisor', {
      method: 'POST',
      url: '/api/views',
      payload: { name: EVIL, query: '', shared: true },
    })
  })
  afterAll(() => web?.close())

  async function isText(page: Page, path: string, shown: boolean) {
    await page.goto(path)
    await page.locator('h1').first().waitFor()
    await page.locator('.skeleton').first().waitFor({ state: 'detached' })
    if (shown) await expect.poll(() => page.locator('body').textContent(), { message: path }).toContain(EVIL)
    expect(await page.locator('img[src="x"], [onerror]').count(), path).toBe(0)
    expect(alerts, path).toEqual([])
  }

  it('is text on every page of the offices', async () => {
    const page = await web.open('supervisor', '/')
    page.on('dialog', (dialog) => {
      alerts.push(dialog.message())
      void dialog.dismiss()
    })
    await page.locator('nav a').nth(4).waitFor()
    const links = await page.locator('nav a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''))
    expect(links.length).toBeGreaterThan(4)
    for (const path of [
      ...links,
      '/wall',
      '/notifications',
      `/targets/${overdue}`,
      `/targets/${overdue}/orders/${order}`,
      `/documents/${document}`,
      `/bulletins/${bulletin}`,
    ])
      await isText(page, path, true)
    web.assertQuiet()
  })

  it('is text on every page of a department and of an administrator', async () => {
    for (const [person, paths] of [
      ['reporter', ['/tasks', `/targets/${overdue}/report`, '/notifications', '/targets']],
      ['admin', ['/system', '/documents']],
    ] as const) {
      const page = await web.open(person, paths[0])
      page.on('dialog', (dialog) => {
        alerts.push(dialog.message())
        void dialog.dismiss()
      })
      for (const path of paths) await isText(page, path, true)
    }
    web.assertQuiet()
  })

  it('is text in panels, dialogs and tooltips', async () => {
    const page = await web.open('supervisor', '/targets')
    page.on('dialog', (dialog) => {
      alerts.push(dialog.message())
      void dialog.dismiss()
    })
    await page.locator('.body [role=row]').first().waitFor()
    for (const opener of [
      page.locator('.filters button', { hasText: '单位' }).first(),
      page.getByRole('button', { name: /^视图/ }),
    ]) {
      await opener.click()
      await page.getByRole('dialog').getByText(EVIL).first().waitFor()
      await page.keyboard.press('Escape')
    }
    await page.goto(`/targets/${overdue}`)
    await page.locator('.chart svg').waitFor()
    const box = (await page.locator('.chart .drawn').boundingBox())!
    for (let x = 0.02; x < 1; x += 0.03) await page.mouse.move(box.x + box.width * x, box.y + box.height / 2)
    await page.goto('/')
    await page.locator('a.tile').first().waitFor()
    for (const mark of await page
      .locator('#page a, #page [title]')
      .all()
      .then((marks) => marks.slice(0, 40))) {
      await mark.evaluate((one) => one.scrollIntoView({ block: 'center' }))
      const place = await mark.boundingBox()
      if (place) await page.mouse.move(place.x + place.width / 2, place.y + place.height / 2)
    }
    expect(await page.locator('img[src="x"], [onerror]').count()).toBe(0)
    expect(alerts).toEqual([])
  })

  it('is text in what is exported', async () => {
    const { office } = web
    expect((await office.get('supervisor', '/api/exports/targets?format=csv')).body).toContain(EVIL)
    const book = new ExcelJS.Workbook()
    await book.xlsx.load((await office.get('supervisor', '/api/exports/targets?format=xlsx')).rawPayload as never)
    expect(JSON.stringify(book.worksheets[0]!.getSheetValues())).toContain(EVIL)
    for (const path of [`/api/bulletins/${bulletin}/docx`, `/api/orders/${order}/docx`]) {
      const { text } = await readDocument({
        bytes: (await office.get('supervisor', path)).rawPayload,
        fileName: '导出.docx',
      })
      expect(text, path).toContain(EVIL)
    }
    const sheet = new ExcelJS.Workbook()
    await sheet.xlsx.load((await office.get('supervisor', `/api/bulletins/${bulletin}/xlsx`)).rawPayload as never)
    expect(JSON.stringify(sheet.worksheets.map((one) => one.getSheetValues()))).toContain(EVIL)
  })
})
