import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pdf, wordParagraph, wordParts, zip } from '../server/readers/files.ts'
import { seriousFaults } from './axe.ts'
import { type BrowserApp, startBrowserApp } from './browser-app.ts'
import { findChromium } from './chromium.ts'
import { foreignFontPdf, storeOriginal, type StoredOriginal } from './originals.ts'

const PAGES = 300
const line = (page: number) => `Goal number ${page} shall reach ${page} percent by the end of the year`
/** A page's program: a head line that is the same on all pages, its own line, and some more. */
const program = (page: number) =>
  [
    'BT /F 10 Tf 72 800 Td (Gazette of the city) Tj ET',
    `BT /F 12 Tf 72 700 Td (${line(page)}) Tj ET`,
    ...Array.from(
      { length: 12 },
      (_, i) => `BT /F 12 Tf 72 ${660 - i * 30} Td (Line ${i} of page ${page} tells how the work is to be done) Tj ET`,
    ),
  ].join('\n')

const EVIL_STYLE = '&lt;/style&gt;&lt;img src=x onerror=alert(1)&gt;'
/** A Word document that tries whatever a Word document can try. */
function evilDocx(): Buffer {
  const rel = (id: string, type: string, target: string, mode = '') =>
    `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${mode}/>`
  const body = [
    wordParagraph('到2027年，节水器具普及率达到95%以上。'),
    wordParagraph('&lt;img src=x onerror=alert(1)&gt;&lt;script&gt;alert(2)&lt;/script&gt;'),
    '<w:p><w:hyperlink r:id="h1"><w:r><w:t>点这里</w:t></w:r></w:hyperlink><w:hyperlink r:id="h2"><w:r><w:t>看外网</w:t></w:r></w:hyperlink></w:p>',
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:extent cx="100" cy="100"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="i1" r:link="i1"/></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="100" cy="100"/></a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>',
    `<w:p><w:pPr><w:pStyle w:val="Evil"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="x;background:url(http://evil.example/a.png);position:fixed" w:eastAsia="x}*{position:fixed;background:url(//evil.example/b)}"/></w:rPr><w:t>样式</w:t></w:r></w:p>`,
    '<w:altChunk r:id="c1"/>',
    '<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml" onload="alert(3)" style="position:fixed;width:99999px"><v:textbox><w:txbxContent><w:p><w:r><w:t>框里的字</w:t></w:r></w:p></w:txbxContent></v:textbox></v:rect></w:pict></w:r></w:p>',
  ].join('')
  const xml = (text: string) => Buffer.from(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${text}`)
  const parts = wordParts(body).map((part) => ({
    ...part,
    data: Buffer.from(
      Buffer.from(part.data)
        .toString()
        .replace(
          '<w:document ',
          '<w:document xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ',
        ),
    ),
  }))
  const external = ' TargetMode="External"'
  return zip([
    ...parts,
    {
      name: 'word/_rels/document.xml.rels',
      data: xml(
        `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rel('h1', 'hyperlink', 'javascript:alert(4)', external)}${rel('h2', 'hyperlink', 'http://evil.example/', external)}${rel('i1', 'image', 'http://evil.example/i.png', external)}${rel('c1', 'aFChunk', 'chunk.html')}${rel('s1', 'styles', 'styles.xml')}</Relationships>`,
      ),
    },
    {
      name: 'word/styles.xml',
      data: xml(
        `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:style w:type="paragraph" w:styleId="Evil"><w:name w:val="${EVIL_STYLE}"/><w:rPr><w:rFonts w:ascii="y;background:url(http://evil.example/c.png)}body{display:none"/><w:color w:val="red;background:url(http://evil.example/d)"/></w:rPr></w:style></w:styles>`,
      ),
    },
    { name: 'word/chunk.html', data: Buffer.from('<script>alert(5)</script><p onclick="alert(6)">chunk</p>') },
  ])
}

describe.skipIf(!findChromium())('the original beside its text', () => {
  let web: BrowserApp
  let long: StoredOriginal
  let word: StoredOriginal
  beforeAll(async () => {
    web = await startBrowserApp()
    long = await storeOriginal(web.office, '三百页.pdf', pdf(Array.from({ length: PAGES }, (_, i) => program(i + 1))))
    word = await storeOriginal(
      web.office,
      '方案.docx',
      zip(
        wordParts(
          [
            ...Array.from({ length: 30 }, (_, i) =>
              wordParagraph(`第${i + 1}项工作：到2027年，第${i + 1}类覆盖率达到${60 + i}%以上。`),
            ),
          ].join(''),
        ),
      ),
    )
  })
  afterAll(() => web?.close())

  const open = (page: Page) => page.getByRole('tab', { name: '原件' }).click()
  const pageNumber = (page: Page) => page.getByLabel('到第几页').inputValue()
  const pane = (page: Page) => page.getByRole('region', { name: '原件' })

  it('opens a PDF of three hundred pages and draws only what is near', async () => {
    const page = await web.open('leader', `/documents/${long.documentId}`)
    await open(page)
    await page.waitForURL(/original=1/)
    await page.getByText(`/ ${PAGES} 页`).waitFor()
    await page.locator('[data-page] canvas').first().waitFor()
    expect(await pageNumber(page)).toBe('1')
    await page.getByLabel('到第几页').fill('150')
    await page.keyboard.press('Enter')
    await expect.poll(() => pageNumber(page)).toBe('150')
    await page.locator('[data-page="150"] canvas').waitFor()
    await expect.poll(() => page.locator('[data-page="150"] .words').textContent()).toContain(line(150))
    await pane(page).evaluate((box) => {
      box.scrollTop = box.scrollHeight
    })
    await page.locator(`[data-page="${PAGES}"] canvas`).waitFor()
    expect(await page.locator('[data-page]').count()).toBeLessThan(12)
    expect(await page.locator('[data-page="1"], [data-page="150"]').count()).toBe(0)
    web.assertQuiet()
  })

  it('goes to the page of a finding and marks its words there, step by step, also after a reload', async () => {
    const ids = [40, 41, 200].map((number) => long.target(`${number} percent`))
    const page = await web.open('supervisor', `/documents/${long.documentId}?original=1&finding=${ids[0]}`)
    const found = page.locator('[data-page] mark')
    await expect.poll(() => found.allTextContents().then((all) => all.join(''))).toBe('40 percent')
    expect(await pageNumber(page)).toBe('40')
    await page.keyboard.press('j')
    await page.locator('[data-page="41"] mark').waitFor()
    await page.keyboard.press('j')
    await page.locator('[data-page="200"] mark').waitFor()
    await page.getByText('已定位到第 200 页').waitFor()
    await page.reload()
    await page.locator('[data-page="200"] mark').waitFor()
    await page.locator('mark.active', { hasText: '200 percent' }).waitFor()
    web.assertQuiet()
  })

  it('says where it cannot find them', async () => {
    const id = long.target('7 percent')
    const page = await web.open('supervisor', '/password')
    // the text says what the original does not: a scanned page, or a file that came from elsewhere
    await page.route('**/text', async (route) => {
      const answer = (await (await route.fetch()).json()) as { text: string }
      await route.fulfill({
        json: { ...answer, text: answer.text.replace(line(7), line(7).replace('7 percent', '9 permill')) },
      })
    })
    await page.goto(`/documents/${long.documentId}?original=1&finding=${id}`)
    await page.getByText('本页未能定位').waitFor()
    expect(await pageNumber(page)).toBe('7')
    web.assertQuiet()
  })

  it('goes along when the text is scrolled', async () => {
    const page = await web.open('supervisor', `/documents/${long.documentId}?original=1`)
    await page.locator('[data-page] canvas').first().waitFor()
    await page.locator('.reader').hover()
    await expect
      .poll(async () => {
        await page.mouse.wheel(0, 3000)
        return Number(await pageNumber(page))
      })
      .toBeGreaterThan(3)
    web.assertQuiet()
  })

  it('zooms, and fits to the width', async () => {
    const page = await web.open('supervisor', `/documents/${long.documentId}?original=1`)
    await page.locator('[data-page] canvas').first().waitFor()
    const width = () => page.locator('[data-page="1"]').evaluate((one) => Math.round(one.getBoundingClientRect().width))
    const fit = await width()
    await page.getByRole('button', { name: '放大' }).click()
    await expect.poll(width).toBeGreaterThan(fit)
    await page.getByRole('button', { name: '适合宽度' }).click()
    await expect.poll(width).toBe(fit)
    const separator = page.getByRole('separator')
    await separator.focus()
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowLeft')
    await expect.poll(width).toBeGreaterThan(fit)
    const wide = await separator.getAttribute('aria-valuenow')
    await page.reload()
    await page.locator('[data-page] canvas').first().waitFor()
    expect(await separator.getAttribute('aria-valuenow')).toBe(wide)
    web.assertQuiet()
  })

  it('knows the characters of a Chinese font that is not in the file, from our own server', async () => {
    const own = await storeOriginal(web.office, '宋体.pdf', foreignFontPdf(['到2027年，森林覆盖率达到60%以上。']))
    const id = own.target('60%以上')
    const page = await web.open('leader', `/documents/${own.documentId}?original=1&finding=${id}`)
    await expect
      .poll(() =>
        page
          .locator('[data-page] mark')
          .allTextContents()
          .then((all) => all.join('')),
      )
      .toBe('60%以上')
    await expect.poll(() => page.locator('[data-page] .words').textContent()).toContain('森林覆盖率')
    web.assertQuiet()
  })

  it('draws a PDF with what browsers had in the days of Chromium 87', async () => {
    const age = `for (const prototype of [Array.prototype, String.prototype, Object.getPrototypeOf(Int8Array.prototype)]) { delete prototype.at; delete prototype.findLast }
      delete ReadableStream.prototype[Symbol.asyncIterator]; delete Response.prototype.bytes; delete Promise.withResolvers; delete Object.hasOwn; delete AbortSignal.any; delete globalThis.structuredClone;
      delete Map.prototype.getOrInsertComputed; delete Math.sumPrecise; delete URL.parse; delete Uint8Array.fromBase64; delete globalThis.Iterator; delete globalThis.ImageDecoder;\n`
    const page = await web.open('leader', '/')
    await page.addInitScript(age)
    await page.route(/pdf-worker-.*\.js/, async (route) => {
      const answer = await route.fetch()
      await route.fulfill({ response: answer, body: age + (await answer.text()) })
    })
    await page.goto(`/documents/${long.documentId}?original=1`)
    await page.locator('[data-page] canvas').first().waitFor()
    await expect.poll(() => page.locator('[data-page="1"] .words').textContent()).toContain(line(1))
    web.assertQuiet()
  })

  it('offers the download where the browser cannot draw it at all', async () => {
    const page = await web.open('leader', '/')
    await page.route(/pdf-worker-.*\.js/, async (route) =>
      route.fulfill({ response: await route.fetch(), body: 'throw new Error("too old")' }),
    )
    await page.goto(`/documents/${long.documentId}?original=1`)
    await page.getByText('这台电脑的浏览器版本较旧').waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '下载原件' }).click(),
    ])
    expect(download.suggestedFilename()).toBe('三百页.pdf')
  })

  it('draws a Word document, finds words in it and turns its pages', async () => {
    const id = word.target('85%')
    const page = await web.open('supervisor', `/documents/${word.documentId}?original=1&finding=${id}`)
    await page.locator('.original section').first().waitFor()
    await expect.poll(() => page.locator('.original mark').allTextContents()).toEqual(['85%'])
    await page.getByText('已在原件中标出').waitFor()
    expect(await page.locator('.original mark').evaluate((mark) => mark.closest('p')!.textContent)).toContain(
      '第26项工作',
    )
    web.assertQuiet()
  })

  it('lets nothing of a malicious Word document act, and shows its words', async () => {
    const evil = await storeOriginal(web.office, '恶意.docx', evilDocx())
    const page = await web.open('supervisor', `/documents/${evil.documentId}?original=1`)
    const dialogs: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    await page.locator('.original section').first().waitFor()
    await page.locator('.original').getByText('节水器具普及率').waitFor()
    await page.locator('.original').getByText('<script>alert(2)</script>').waitFor()
    await page.locator('.original').getByText('点这里').click()
    const inside = await page.locator('.original .host').evaluate((host) => {
      const all = [...host.shadowRoot!.querySelectorAll('*')]
      return {
        tags: [...new Set(all.map((one) => one.localName))].filter((name) =>
          /^(?:a|script|style|iframe|object|embed|link|form|input)$/.test(name),
        ),
        attributes: [...new Set(all.flatMap((one) => one.getAttributeNames()))].filter((name) =>
          /^on|href|srcdoc|^id$/.test(name),
        ),
        // what would fetch or stand over our page, in rules and attributes as the browser understood them
        styles: [
          ...[...host.shadowRoot!.adoptedStyleSheets].flatMap((sheet) =>
            [...sheet.cssRules].map((rule) => rule.cssText),
          ),
          ...all.map((one) => one.getAttribute('style') ?? ''),
        ].filter((css) => /url\(|fixed/.test(css)),
      }
    })
    expect(inside).toEqual({ tags: [], attributes: [], styles: [] })
    expect(dialogs).toEqual([])
    expect(await page.locator('h1').isVisible()).toBe(true)
    expect(new URL(page.url()).pathname).toBe(`/documents/${evil.documentId}`)
    web.assertQuiet()
  })

  it('shows a text file in its own lines, never as markup', async () => {
    const plain = await storeOriginal(
      web.office,
      '原文.txt',
      Buffer.from('第一行\n<img src=x onerror=alert(1)>\n\n到2027年达到80%以上。\n'),
    )
    const id = plain.target('80%')
    const page = await web.open('supervisor', `/documents/${plain.documentId}?original=1&finding=${id}`)
    await expect
      .poll(() => page.locator('.line .text').allTextContents())
      .toEqual(['第一行', '<img src=x onerror=alert(1)>', '', '到2027年达到80%以上。', ''])
    expect(await page.locator('.lines mark').textContent()).toBe('80%')
    expect(await page.locator('.lines img').count()).toBe(0)
    web.assertQuiet()
  })

  it('says that the line is broken, and tries again', async () => {
    const page = await web.open('supervisor', `/documents/${word.documentId}`)
    await page.route('**/original', (route) => route.abort())
    await open(page)
    await page.locator('.original [role=alert]', { hasText: '连接不上服务器' }).waitFor()
    expect(await page.getByRole('link', { name: '下载原件' }).getAttribute('href')).toBe(
      `/api/files/${word.fileId}/original`,
    )
    await page.unroute('**/original')
    await page.locator('.original').getByRole('button', { name: '重试' }).click()
    await page.locator('.original section').first().waitFor()
    expect(() => web.assertQuiet()).toThrow('ERR_FAILED') // the browser's own word about the broken line
  })

  it('asks before it opens what is large', async () => {
    const large = await storeOriginal(
      web.office,
      '大.docx',
      zip([
        ...wordParts(wordParagraph('到2027年达到80%以上。')),
        { name: 'word/media/a.bin', data: randomBytes(9 * 1024 * 1024) },
      ]),
    )
    const page = await web.open('supervisor', `/documents/${large.documentId}?original=1`)
    await page.getByText('这份原件较大').waitFor()
    await page.getByRole('button', { name: '仍要打开' }).click()
    await page.locator('.original section').first().waitFor()
    web.assertQuiet()
  })

  it('says what it cannot read', async () => {
    const page = await web.open('supervisor', `/documents/${word.documentId}`)
    await page.route('**/original', (route) =>
      route.fulfill({ contentType: 'application/octet-stream', body: 'rubbish' }),
    )
    await open(page)
    await page.getByText('原件的内容无法在页面里显示').waitFor()
    await page.getByRole('link', { name: '下载原件' }).waitFor()
    web.assertQuiet()
  })

  it('is a tab on a phone', async () => {
    const page = await web.open('supervisor', `/documents/${long.documentId}`, {
      viewport: { width: 390, height: 844 },
    })
    await page.locator('.reader').waitFor()
    await open(page)
    await page.locator('[data-page] canvas').first().waitFor()
    expect(await page.locator('.reader').isVisible()).toBe(false)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await page.getByRole('tab', { name: '正文' }).click()
    await page.locator('.reader').waitFor({ state: 'visible' })
    expect(new URL(page.url()).search).toBe('')
    web.assertQuiet()
  })

  it.each(['light', 'dark'] as const)('axe finds nothing serious (%s)', async (colorScheme) => {
    const page = await web.open('supervisor', `/documents/${long.documentId}?original=1`, { colorScheme })
    await page.locator('[data-page] canvas').first().waitFor()
    await expect.poll(() => page.locator('[data-page="1"] .words').textContent()).toContain(line(1))
    expect(await seriousFaults(page)).toEqual([])
    await page.goto(`/documents/${word.documentId}?original=1`)
    await page.locator('.original section').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
  })
})
