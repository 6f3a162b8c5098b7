/** Makes the docx and the pdf of the demo. Their bytes differ from run to run, so they are made only when asked for. */
import { AlignmentType, Document, HeadingLevel, Packer, Paragraph, TextRun } from 'docx'
import { chromium } from 'playwright-core'
import type { Source } from './source.ts'

type Style = 'title' | 'heading' | 'body'

/** Paragraphs with their style: lines before the first full stop are the head of the document. */
function paragraphs(source: Source): { text: string; style: Style }[] {
  let head = true
  return source.text
    .split('\n')
    .filter(Boolean)
    .map((text) => {
      if (text.endsWith('：')) head = false
      if (/^[一二三四五六七八九十]+、/u.test(text)) return { text, style: 'heading' }
      const titled = head || source.documents.some((d) => d.title.endsWith(`${text}的通知`))
      return { text, style: titled ? 'title' : 'body' }
    })
}

export async function docxOf(source: Source): Promise<Buffer> {
  const font = { ascii: 'FangSong', eastAsia: '仿宋', hAnsi: 'FangSong' }
  const children = paragraphs(source).map(({ text, style }) => {
    if (style === 'heading')
      return new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun({ text, font, size: 32 })] })
    if (style === 'title')
      return new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ text, font, size: 36, bold: true })],
      })
    return new Paragraph({ indent: { firstLine: 640 }, children: [new TextRun({ text, font, size: 32 })] })
  })
  return Packer.toBuffer(new Document({ sections: [{ children }] }))
}

const escape = (text: string) => text.replace(/[&<>]/gu, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c] ?? c)

/** Prints with the system's Chromium; the CJK font is embedded as a subset, so the text can be selected and searched. */
export async function pdfOf(source: Source): Promise<Buffer> {
  const body = paragraphs(source)
    .map(({ text, style }) => `<p class="${style}">${escape(text)}</p>`)
    .join('\n')
  const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>${escape(source.documents[0]?.title ?? '')}</title>
<style>@page{size:A4;margin:28mm 26mm}body{font:16pt/1.7 "Noto Sans CJK SC",sans-serif}p{margin:0;text-indent:2em}
.title{text-align:center;text-indent:0;font-size:18pt}</style><body>${body}</body></html>`
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  try {
    const page = await browser.newPage()
    await page.setContent(html)
    return Buffer.from(
      await page.pdf({
        format: 'A4',
        displayHeaderFooter: true,
        headerTemplate: '<span></span>',
        preferCSSPageSize: true,
        tagged: false,
        footerTemplate:
          '<div style="width:100%;text-align:center;font-size:10pt">— <span class="pageNumber"></span> —</div>',
      }),
    )
  } finally {
    await browser.close()
  }
}
