import {
  AlignmentType,
  BorderStyle,
  convertMillimetersToTwip,
  Document,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type ParagraphChild,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx'
import { printable } from '../printable.ts'

/**
 * The layout of official documents by GB/T 9704—2012《党政机关公文格式》: A4 with the margins of section 5.2.1 (上 37 mm,
 * 左 28 mm, type area 156 × 225 mm), 22 lines of 28 characters, body in 3号仿宋, title in 2号小标宋, headings in 黑体 and 楷体,
 * page number in 4号 with a dash on both sides. Fonts are named, not embedded: offices have them.
 */

const FONT = { song: '方正小标宋简体', fang: '仿宋_GB2312', hei: '黑体', kai: '楷体_GB2312', page: '宋体' } as const
/** Half-points: 2号 22 pt, 3号 16 pt, 4号 14 pt, 小四 12 pt. */
const SIZE = { two: 44, three: 32, four: 28, smallFour: 24 } as const
/** 22 lines on 225 mm: 28.95 pt. In twentieths of a point. */
const LINE = 579
/** Width of the type area, 156 mm, in twentieths of a point. */
const TYPE_AREA = 8845
const RED = 'E60000'

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

/** 发文机关标志 in red with the red line under the number. */
export function redHead(office: string, number: string | null): Paragraph[] {
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 400, after: 400 },
      children: [run(office, FONT.song, 62, { color: RED })],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { ...spacing, after: 200 },
      children: [run(number ?? '')],
      border: { bottom: { style: BorderStyle.SINGLE, size: 16, space: 8, color: RED } },
    }),
  ]
}

/** Title of the document, centred in 2号小标宋, a line apart from head and body. */
export const title = (text: string) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    spacing: { line: 700, lineRule: LineRuleType.EXACT, before: LINE, after: LINE },
    children: [run(text, FONT.song, SIZE.two)],
  })

const indented = (children: ParagraphChild[]) =>
  new Paragraph({ spacing, indent: { firstLine: 640 }, alignment: AlignmentType.BOTH, children })

/** `一、` in 黑体. */
export const heading = (text: string) =>
  new Paragraph({ spacing, indent: { firstLine: 640 }, keepNext: true, children: [run(text, FONT.hei)] })

/** Body: one paragraph for every line of the text. */
export const body = (text: string): Paragraph[] =>
  text
    .split(/\n+/)
    .filter((line) => line.trim() !== '')
    .map((line) => indented([run(line.trim())]))

/** 主送机关, flush left. */
export const addressee = (text: string) => new Paragraph({ spacing, children: [run(text)] })

/** Office and date at the right, four characters from the edge. */
export const signature = (office: string, date: string): Paragraph[] => [
  new Paragraph({
    spacing: { ...spacing, before: LINE * 2 },
    alignment: AlignmentType.RIGHT,
    indent: { right: 640 },
    children: [run(office)],
  }),
  new Paragraph({ spacing, alignment: AlignmentType.RIGHT, indent: { right: 640 * 2 }, children: [run(date)] }),
]

/** A table with its caption above; `widths` are shares of the line. The head repeats on every page. */
export function table(caption: string, head: string[], rows: string[][], widths: number[]): (Paragraph | Table)[] {
  const total = widths.reduce((sum, w) => sum + w, 0)
  const columnWidths = widths.map((w) => Math.floor((w / total) * TYPE_AREA))
  const cell = (text: string, i: number, bold: boolean) =>
    new TableCell({
      width: { size: columnWidths[i] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      children: [
        new Paragraph({
          alignment: text.length > 12 ? AlignmentType.LEFT : AlignmentType.CENTER,
          children: [run(text, bold ? FONT.hei : FONT.fang, SIZE.smallFour)],
        }),
      ],
    })
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 200, after: 100 },
      keepNext: true,
      children: [run(caption, FONT.hei, SIZE.four)],
    }),
    new Table({
      width: { size: columnWidths.reduce((sum, w) => sum + w, 0), type: WidthType.DXA },
      columnWidths,
      rows: [
        new TableRow({ tableHeader: true, cantSplit: true, children: head.map((text, i) => cell(text, i, true)) }),
        ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text, i) => cell(text, i, false)) })),
      ],
    }),
    new Paragraph({ spacing, children: [] }),
  ]
}

/** The finished document as docx bytes. `name` goes into the properties of the file. */
export async function officialDocument(name: string, children: (Paragraph | Table)[]): Promise<Buffer> {
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
    sections: [
      {
        properties: {
          page: {
            size: { width: convertMillimetersToTwip(210), height: convertMillimetersToTwip(297) },
            margin: {
              top: convertMillimetersToTwip(37),
              left: convertMillimetersToTwip(28),
              right: convertMillimetersToTwip(26),
              bottom: convertMillimetersToTwip(35),
              footer: convertMillimetersToTwip(25),
            },
          },
        },
        // Odd pages carry the number at the right, even ones at the left.
        footers: { default: page(AlignmentType.RIGHT), even: page(AlignmentType.LEFT) },
        children,
      },
    ],
  })
  return Packer.toBuffer(document)
}
