import {
  AlignmentType,
  Bookmark,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  PageReference,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TabStopType,
  LeaderType,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { type LaidTable, linesOf, type PaperCell } from '../../db/domain/paper-table.ts'
import { printable } from '../printable.ts'

/**
 * The layout of official documents by GB/T 9704—2012《党政机关公文格式》: A4 with the margins of section 5.2.1 (上 37 mm,
 * 左 28 mm, type area 156 × 225 mm), 22 lines of 28 characters, body in 3号仿宋, title in 2号小标宋, headings in 黑体 and 楷体,
 * page number in 4号 with a dash on both sides. Fonts are named, not embedded: offices have them.
 */

const FONT = { song: '方正小标宋简体', fang: '仿宋_GB2312', hei: '黑体', kai: '楷体_GB2312', page: '宋体' } as const
/** Half-points: 2号 22 pt, 3号 16 pt, 4号 14 pt, 五号 10.5 pt. */
const SIZE = { two: 44, three: 32, four: 28, five: 21 } as const
/** 22 lines on 225 mm: 28.95 pt. In twentieths of a point. */
const LINE = 579
/** Width of the type area, 156 mm upright and 237 mm across, in twentieths of a point. */
const TYPE_AREA = { upright: 8845, across: 13437 } as const
const RED = 'E60000'

const margins = (top: number, right: number, bottom: number, left: number, footer: number) => ({
  top: convertMillimetersToTwip(top),
  right: convertMillimetersToTwip(right),
  bottom: convertMillimetersToTwip(bottom),
  left: convertMillimetersToTwip(left),
  footer: convertMillimetersToTwip(footer),
})
const UPRIGHT_MARGIN = margins(37, 26, 35, 28, 25)
/** A sheet that lies across is bound at its top, so the wide margin is there. */
const ACROSS_MARGIN = margins(28, 30, 26, 30, 16)

const font = (eastAsia: string) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  eastAsia,
  hint: 'eastAsia' as const,
})
const run = (
  text: string,
  eastAsia: string = FONT.fang,
  size: number = SIZE.three,
  more: { color?: string; bold?: boolean } = {},
) => new TextRun({ text: printable(text), font: font(eastAsia), size, ...more })
const spacing = { line: LINE, lineRule: LineRuleType.EXACT }

/**
 * 发文机关标志 in red; under it 发文字号 at the left and 签发人 at the right, a character from the edges (7.2.4 to 7.2.6),
 * over the red line. Without a signer the number stands in the middle.
 */
export function redHead(office: string, number: string | null, signer?: string): Paragraph[] {
  const beside = signer !== undefined
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 400, after: 400 },
      children: [run(office, FONT.song, officeSize(office), { color: RED })],
    }),
    new Paragraph({
      alignment: beside ? AlignmentType.LEFT : AlignmentType.CENTER,
      spacing: { ...spacing, after: 200 },
      ...(beside
        ? {
            indent: { left: 320, right: 320 },
            tabStops: [{ type: TabStopType.RIGHT, position: TYPE_AREA.upright - 320 }],
          }
        : {}),
      children: beside
        ? [run(`${number ?? ''}\t签发：`), run(signer === '' ? '　　　' : signer, FONT.kai)]
        : [run(number ?? '')],
      border: { bottom: { style: BorderStyle.SINGLE, size: 16, space: 8, color: RED } },
    }),
  ]
}

/** Half-points of the red name: as large as one line holds, 26 pt at least, where it takes two. */
const officeSize = (office: string) =>
  Math.max(52, Math.min(88, Math.floor((TYPE_AREA.upright / 10 - 40) / office.length)))

/** Title of the document, centred in 2号小标宋, a line apart from head and body. */
export const title = (text: string) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { line: 700, lineRule: LineRuleType.EXACT, before: LINE, after: LINE },
    children: [run(text, FONT.song, SIZE.two)],
  })

const indented = (children: ParagraphChild[], keepNext: boolean) =>
  new Paragraph({ spacing, indent: { firstLine: 640 }, alignment: AlignmentType.BOTH, keepNext, children })

/** `一、` in 黑体. */
export const heading = (text: string) =>
  new Paragraph({ spacing, indent: { firstLine: 640 }, keepNext: true, children: [run(text, FONT.hei)] })

/** Body: one paragraph for every line of the text. The last words of a document stand on the page of its signature (`isLast`). */
export const body = (text: string, { isLast = false } = {}): Paragraph[] =>
  text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line, i, lines) => indented([run(line.trim())], isLast && i === lines.length - 1))

/** 主送机关, flush left. */
export const addressee = (text: string) => new Paragraph({ spacing, children: [run(text)] })

/** Office and date at the right, four characters from the edge. */
export const signature = (office: string, date: string): Paragraph[] => [
  new Paragraph({
    // Never the date alone on a page.
    keepNext: true,
    spacing: { ...spacing, before: LINE * 2 },
    alignment: AlignmentType.RIGHT,
    indent: { right: 640 },
    children: [run(office)],
  }),
  new Paragraph({ spacing, alignment: AlignmentType.RIGHT, indent: { right: 640 * 2 }, children: [run(date)] }),
]

/** The line above a table. */
export const caption = (text: string) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { before: 200, after: 100 },
    keepNext: true,
    children: [run(text, FONT.hei, SIZE.four)],
  })

/** A table as wide as the type area. The head repeats on every page, no row is torn. */
export function table(laid: LaidTable): Table {
  const area = laid.landscape ? TYPE_AREA.across : TYPE_AREA.upright
  const columnWidths = laid.shares.map((share) => Math.floor(share * area))
  const cell = (text: PaperCell, i: number, head: boolean) =>
    new TableCell({
      width: { size: columnWidths[i] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      children: linesOf(text, laid.widths[i] ?? 0).map(
        (line) =>
          new Paragraph({
            alignment: !head && laid.columns[i]?.align === 'left' ? AlignmentType.LEFT : AlignmentType.CENTER,
            children: [run(line, head ? FONT.hei : FONT.fang, SIZE.five)],
          }),
      ),
    })
  return new Table({
    width: { size: columnWidths.reduce((sum, w) => sum + w, 0), type: WidthType.DXA },
    columnWidths,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: laid.columns.map(({ title: word }, i) => cell(word, i, true)),
      }),
      ...laid.rows.map(
        (row) => new TableRow({ cantSplit: true, children: row.map((text, i) => cell(text, i, false)) }),
      ),
    ],
  })
}

/** `附件1` in 黑体 at the edge and the title of the annex below it; `id` is what a 目录 refers to. */
export const annexHead = (id: string, mark: string, text: string): Paragraph[] => [
  new Paragraph({ spacing, children: [new Bookmark({ id, children: [run(mark, FONT.hei)] })] }),
  title(text),
]

/** 附件说明 under the body: `附件：1．…`, the further ones under the first (7.3.4). */
export const annexNote = (titles: readonly string[]): Paragraph[] =>
  titles.map(
    (text, i) =>
      new Paragraph({
        keepNext: true,
        spacing: { ...spacing, ...(i === 0 ? { before: LINE } : {}) },
        indent: { left: i === 0 ? 640 : 640 + 960 },
        children: [run(`${i === 0 ? '附件：' : ''}${titles.length > 1 ? `${i + 1}．` : ''}${text}`)],
      }),
  )

/** 目录 with the pages on which the annexes begin; a word processor fills them in when it opens the file. */
export const contents = (entries: readonly { id: string; text: string }[]): Paragraph[] => [
  title('目　录'),
  ...entries.map(
    ({ id, text }) =>
      new Paragraph({
        spacing,
        tabStops: [{ type: TabStopType.RIGHT, position: TYPE_AREA.upright, leader: LeaderType.DOT }],
        children: [run(`${text}\t`), new PageReference(id)],
      }),
  ),
]

/** A part of a document that begins on a page of its own. */
export interface PaperPart {
  landscape: boolean
  children: (Paragraph | Table)[]
}

/** The finished document as docx bytes. `name` goes into the properties of the file. */
export async function officialDocument(name: string, parts: readonly PaperPart[]): Promise<Buffer> {
  const page = (align: typeof AlignmentType.LEFT | typeof AlignmentType.RIGHT) =>
    new Footer({
      children: [
        new Paragraph({
          alignment: align,
          indent: align === AlignmentType.RIGHT ? { right: 280 } : { left: 280 },
          children: [
            new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font(FONT.page), size: SIZE.four }),
          ],
        }),
      ],
    })
  const document = new Document({
    title: name,
    creator: '政标',
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: font(FONT.fang), size: SIZE.three } } } },
    sections: parts.map(({ landscape, children }) => ({
      properties: {
        page: {
          // The library turns the sheet itself: it is told the upright one.
          size: {
            width: convertMillimetersToTwip(210),
            height: convertMillimetersToTwip(297),
            orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
          },
          margin: landscape ? ACROSS_MARGIN : UPRIGHT_MARGIN,
        },
      },
      // Odd pages carry the number at the right, even ones at the left.
      footers: { default: page(AlignmentType.RIGHT), even: page(AlignmentType.LEFT) },
      children,
    })),
  })
  return Packer.toBuffer(document)
}
