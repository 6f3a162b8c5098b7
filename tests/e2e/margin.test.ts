import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { documents, files } from '../../db/schema/index.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { storeOriginal } from './originals.ts'

const SENTENCE = '到2026年，甲项达到60%以上，乙项达到70%以上，丙项达到80%以上，丁项达到90%以上。'
const FILLER = `${'逐级分解任务，完善制度，压实责任，强化保障，'.repeat(4)}确保见到实效。`
const PARTS = 120

describe.skipIf(!findChromium())('the margin of the reading room', () => {
  let web: BrowserApp
  let documentId: number
  let text: string
  const ids: number[] = []
  beforeAll(async () => {
    web = await startBrowserApp()
    const { db, clock } = web.office
    text = Array.from({ length: PARTS }, (_, i) => `第${i + 1}段。${SENTENCE}${FILLER}`).join('\n')
    const at = clock.now.toISOString()
    const fileId = db
      .insert(files)
      .values({
        sha256: 'e'.repeat(64),
        name: '旁注.txt',
        format: 'txt',
        size: text.length,
        rawText: text,
        importedAt: at,
      })
      .returning()
      .get().id
    documentId = db
      .insert(documents)
      .values({ fileId, title: '旁注', start: 0, end: text.length, createdAt: at })
      .returning()
      .get().id
    for (let i = 0; i < PARTS; i += 1) {
      const clauseStart = text.indexOf(`第${i + 1}段。`)
      for (const [number, word] of ['60%', '70%', '80%', '90%'].entries()) {
        const start = text.indexOf(word, clauseStart)
        ids.push(
          web.office.addTarget({
            documentId,
            start,
            end: start + word.length,
            clauseStart,
            clauseEnd: clauseStart + SENTENCE.length + 5,
            indicator: `${i + 1}之${number + 1}`,
            ...(number === 1 ? { kind: 'milestone' } : number === 2 ? { kind: 'duty' } : {}),
          }),
        )
      }
    }
    await web.office.done('supervisor', ids[0]!, 'accept')
    await web.office.done('supervisor', ids[3]!, 'drop', { reason: '不是本市的目标' })
  })
  afterAll(() => web?.close())

  const idOf = (url: string) => Number(new URL(url).searchParams.get('finding'))

  it('has one mark for each finding beside its line, none over another, and each leads to its words', async () => {
    const page = await web.open('supervisor', `/documents/${documentId}`)
    const first = page.locator('.block').first()
    await first.locator('[data-mark]').first().waitFor()
    // three of four: what was dropped comes only when asked for
    expect(
      await first.locator('[data-mark]').evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label'))),
    ).toEqual(['量化指标，已立项：1之1', '时间节点，待校核：1之2', '责任分工，待校核：1之3'])
    await expect
      .poll(() =>
        first.evaluate((block) => {
          const boxes = [...block.querySelectorAll('[data-mark]')].map((mark) => ({
            mark: mark.getBoundingClientRect(),
            words: block.querySelector(`[data-ids~="${mark.getAttribute('data-mark')}"]`)!.getClientRects()[0]!,
          }))
          const apart = boxes.every((a, i) =>
            boxes.every(
              (b, j) =>
                i === j ||
                a.mark.right <= b.mark.left + 0.5 ||
                b.mark.right <= a.mark.left + 0.5 ||
                a.mark.bottom <= b.mark.top + 0.5 ||
                b.mark.bottom <= a.mark.top + 0.5,
            ),
          )
          const beside = boxes.every(
            ({ mark, words }) => Math.abs((mark.top + mark.bottom) / 2 - (words.top + words.bottom) / 2) < 26,
          )
          return { apart, beside }
        }),
      )
      .toEqual({ apart: true, beside: true })
    await first.locator('[data-mark]').nth(1).click()
    await page.waitForURL((url) => idOf(url.href) === ids[1])
    await page.locator('mark.active', { hasText: '70%' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.waitForURL((url) => idOf(url.href) === ids[2])
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-mark'))).toBe(String(ids[2]))
    web.assertQuiet()
  })

  it('shows the kinds and states that the address asks for', async () => {
    const page = await web.open('supervisor', `/documents/${documentId}`)
    const first = page.locator('.block').first()
    await first.locator('[data-mark]').first().waitFor()
    const shown = () =>
      first
        .locator('[data-mark]')
        .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label')!.replace(/^.*：/, '')))
    await page
      .getByRole('group', { name: '按类别' })
      .getByRole('button', { name: /责任分工/ })
      .click()
    await page.waitForURL(/kind=duty/)
    await expect.poll(shown).toEqual(['1之3'])
    await page.getByRole('button', { name: '全部' }).click()
    await page
      .getByRole('group', { name: '按状态' })
      .getByRole('button', { name: /不予立项/ })
      .click()
    await page.waitForURL(/stage=dropped/)
    await expect.poll(shown).toEqual(['1之4'])
    await page.reload()
    await expect.poll(shown).toEqual(['1之4'])
    expect(await page.getByRole('tab', { name: '读出的目标 1' }).count()).toBe(1)
    web.assertQuiet()
  })

  it('jumps through the whole document on the strip, and the list comes along', async () => {
    const page = await web.open('supervisor', `/documents/${documentId}`)
    await page.locator('[data-mark]').first().waitFor()
    const strip = page.getByRole('scrollbar', { name: '全文概览' })
    const box = (await strip.boundingBox())!
    await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.75)
    await expect.poll(async () => Number(await strip.getAttribute('aria-valuenow'))).toBeGreaterThan(65)
    const listed = () =>
      page
        .locator('li.seen')
        .getAttribute('data-id')
        .then(Number)
        .catch(() => 0)
    await expect.poll(listed).toBeGreaterThan(ids[Math.floor(ids.length * 0.6)]!)
    await strip.focus()
    await page.keyboard.press('Home')
    await expect.poll(async () => Number(await strip.getAttribute('aria-valuenow'))).toBe(0)
    web.assertQuiet()
  })

  it('scrolls the list with the text and the text with the list', async () => {
    const page = await web.open('supervisor', `/documents/${documentId}`)
    await page.locator('[data-mark]').first().waitFor()
    await page.locator('.reader').hover()
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 2500)
        return page.locator('.list').evaluate((list) => list.scrollTop)
      })
      .toBeGreaterThan(1000)
    await page.locator('.list').hover()
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, -100_000)
        return page.locator('.reader').evaluate((reader) => reader.scrollTop)
      })
      .toBeLessThan(200)
    web.assertQuiet()
  })

  it('folds into the list on a phone', async () => {
    const page = await web.open('supervisor', `/documents/${documentId}`, { viewport: { width: 390, height: 844 } })
    await page.locator('mark.finding').first().waitFor()
    expect(await page.locator('[data-mark], .strip').count()).toBe(0)
    await page.getByRole('tab', { name: /读出的目标/ }).click()
    await page.getByRole('button', { name: /1之2/ }).first().click()
    await page.locator('mark.active', { hasText: '70%' }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    web.assertQuiet()
  })

  it.each(['light', 'dark'] as const)('axe finds nothing serious (%s)', async (colorScheme) => {
    const page = await web.open('supervisor', `/documents/${documentId}?finding=${ids[6]}`, { colorScheme })
    await page.locator('mark.active').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: '撤销导入' }).waitFor({ state: 'detached' }) // something has been decided on already
  })

  it('leads on from an import to what comes next, and names a wrong file at once', async () => {
    const page = await web.open('supervisor', '/documents')
    const fine =
      '关于印发节水方案的通知\n\n测政发〔2026〕10号\n\n各有关单位：\n到2027年底，节水器具普及率达到90%以上。（牵头单位：甲局）\n\n测试市人民政府\n2026年2月5日\n'
    await page.setInputFiles('input[type=file]', [
      { name: '节水.txt', mimeType: 'text/plain', buffer: Buffer.from(fine) },
      { name: '程序.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('x') },
    ])
    await page.locator('.jobs li', { hasText: '程序.exe' }).getByText('不是可以导入的文件类型').waitFor()
    const job = page.locator('.jobs li', { hasText: '节水.txt' })
    await job.getByRole('link', { name: /去校核 \d 条/ }).waitFor()
    const stored = web.office.db.select().from(documents).all().at(-1)!
    expect(await job.getByRole('link', { name: /去校核/ }).getAttribute('href')).toBe(`/review?documentId=${stored.id}`)
    expect(await job.getByRole('link', { name: '对照原文看' }).getAttribute('href')).toBe(`/documents/${stored.id}`)
    web.assertQuiet()
  })

  it('takes a wrong import back from the page, after asking', async () => {
    const wrong = await storeOriginal(web.office, '传错了.txt', Buffer.from('到2027年底，节水器具普及率达到90%以上。'))
    wrong.target('90%以上')
    const page = await web.open('supervisor', `/documents/${wrong.documentId}`)
    await page.getByRole('button', { name: '撤销导入' }).click()
    const dialog = page.getByRole('dialog', { name: '撤销导入' })
    await dialog.getByText('传错了.txt').waitFor()
    await dialog.getByRole('button', { name: '撤销导入' }).click()
    await page.waitForURL(/\/documents$/)
    await page.locator('.body [role=row]').first().waitFor()
    expect(await page.locator('.body [role=row]', { hasText: '传错了' }).count()).toBe(0)
    expect(
      web.office.db
        .select()
        .from(files)
        .all()
        .map(({ name }) => name),
    ).not.toContain('传错了.txt')
    web.assertQuiet()
  })
})
