import { METADATA_LABELS, type MetadataField } from '../lexicon/head-metadata.ts'
import { endsLikeTitle, isDayAndHour, isSigner } from '../text/marks.ts'
import { readDate } from './dates.ts'
import { numberIn } from './document-number.ts'
import type { Paragraph } from './paragraphs.ts'
import { everyMatch } from '../text/every-match.ts'

/** What a table or lines above or below a title say about the document; null where they do not. */
export interface Metadata {
  number: string | null
  title: string | null
  issuer: string | null
  /** Day of writing (成文日期), `YYYY-MM-DD`. */
  written: string | null
  /** Day on which the page was put up (发布日期), `YYYY-MM-DD`. */
  published: string | null
}

const LABELS = [...METADATA_LABELS.keys()].sort((a, b) => b.length - a.length).join('|')
/** `发文字号:`, also in 【】; a label in the middle of a line stands behind the value before it. */
const LABEL_IN_LINE = new RegExp(`(?:[【[](${LABELS})[】\\]]:?|(${LABELS}):)`, 'g')
const LABEL_ALONE = new RegExp(`^[·•【[]?(${LABELS})[】\\]]?:?$`)
/** A label and its value with nothing between, as lists of a page lose it: 成文日期2024年06月11日. */
const LABEL_AND_VALUE =
  /^(成文日期|发文日期|印发日期|公开日期|发布日期|施行日期|实施日期|发文字号|文号|索引号|发文机构|发文机关|发布机构|时效性|效力级别)(?=(?:19|20)\d\d[-年./]|[\dA-Z]{3,}[-/]|[\u4e00-\u9fff]{1,14}[〔[(](?:19|20)\d\d|[\u4e00-\u9fff]{2,20}(?:政府|办公[厅室]|委员会|[局厅部])$|(?:现行有|尚未生|部分失|已失|失)效$|[\u4e00-\u9fff]{2,6}(?:文件|规章|法规)$)/
/** Labels that stand with their values in one run where blanks alone part them: 发布机构云川区政府文号云政发〔2024〕3号. */
const GLUED_LABEL =
  /索引号|发文字号|文号|[成发印]文日期|[印公]?[发布]{1,2}日期|公开日期|公开方式|公开形式|公开类型|发[文布](?:机[构关]|单位)|(?:主题)?分类|有效性|时效性?|主题词/g
const OPENS_WITH_LABEL = new RegExp(`^[·•]?(?:[【[](?:${LABELS})[】\\]]:?|(?:${LABELS}):)`)
/** A label and its value in neighbouring lines; a longer value is text. */
const LONGEST_VALUE = 120
const LONGEST_LINE = 400

/** Whether a line says something about the document and belongs to no sentence of it. */
export const isMetadata = ({ text }: Pick<Paragraph, 'text'>): boolean =>
  text.length <= LONGEST_LINE &&
  (CELL_END.test(text)
    ? isInCells(cellsOf(text).filter((cell) => cell !== ''))
    : isDayAndHour(text) ||
      pairsGlued(text).length > 1 ||
      LABEL_ALONE.test(text) ||
      LABEL_AND_VALUE.test(text) ||
      (OPENS_WITH_LABEL.test(text) && !/[。;]/.test(text)))

/** Whether a line says something about the document, or is the value of the label on the line above. */
export function isAbout(paragraphs: readonly Paragraph[], at: number): boolean {
  const paragraph = paragraphs[at] as Paragraph
  if (isMetadata(paragraph)) return true
  const above = paragraphs[at - 1]
  if (above !== undefined && isMetadata(above) && OTHER_LABEL.test(paragraph.text)) return true
  return above !== undefined && isMetadata(above) && /:$/.test(above.text) && !endsLikeTitle(paragraph.text)
}

/** 政策主题:引导扶持 among such lines: whatever else the page says about the document. */
const OTHER_LABEL = /^(?!附件|主送|抄送|[^:]{0,4}(?:牵头|责任|配合|负责))[\u4e00-\u9fff]{3,6}:[^,。;:]{1,24}$/

/** Cells of a page's table, with tabs or with strokes between. */
const CELL_END = /\t| \|/
/** A colon may stand in a cell of its own between label and value. */
const cellsOf = (text: string): string[] => text.split(/\t| ?\| ?/).filter((cell) => cell !== ':')

/** Whether about every other cell is a label; in the header of a table one may happen to be (类别). */
const isLabelled = (cells: readonly string[]): boolean => {
  const labels = cells.filter((cell) => LABEL_ALONE.test(cell)).length
  return labels > 0 && labels * 2 >= cells.length - 1
}

/** Cells that hold a label and its value in turn, or both in each: 文号:… | 颁布日期:…. */
const isInCells = (cells: readonly string[]): boolean =>
  (isLabelled(cells) && pairsInCells(cells).length > 0) || cells.every((cell) => OPENS_WITH_LABEL.test(cell))

/** Reads the lines `from`..`to` (exclusive); lines that say nothing of the kind are passed over. */
export function readMetadata(paragraphs: readonly Paragraph[], from: number, to: number): Metadata {
  const metadata: Metadata = { number: null, title: null, issuer: null, written: null, published: null }
  for (let i = Math.max(0, from); i < to; i++) {
    const paragraph = paragraphs[i] as Paragraph
    if (!isMetadata(paragraph)) continue
    const alone = LABEL_ALONE.exec(paragraph.text)
    const next = paragraphs[i + 1]
    if (!alone) for (const [field, value] of pairsOf(paragraph.text)) take(metadata, field, value)
    else if (next && i + 1 < to && next.text.length <= LONGEST_VALUE && isValueOf(next))
      take(metadata, METADATA_LABELS.get(alone[1] as string) as MetadataField, (paragraphs[++i] as Paragraph).text)
  }
  return metadata
}

/** Whether a line below a label is its value: no label itself, though a day and its hour tell something by themselves, too. */
const isValueOf = (line: Paragraph): boolean => !isMetadata(line) || isDayAndHour(line.text)

/** Fields and values of one line: `索引号:… 文号:…`, or cells that hold a label and its value in turn. */
function pairsOf(text: string): [MetadataField, string][] {
  if (CELL_END.test(text)) {
    const cells = cellsOf(text)
    const pairs = pairsInCells(cells)
    return pairs.length > 0 ? pairs : cells.filter((cell) => cell !== '').flatMap(pairsOf)
  }
  if (isDayAndHour(text)) return [['published', text]]
  const several = pairsGlued(text)
  if (several.length > 1) return several
  const glued = LABEL_AND_VALUE.exec(text)
  if (glued) return [[METADATA_LABELS.get(glued[1] as string) as MetadataField, text.slice(glued[0].length)]]
  const labels = everyMatch(LABEL_IN_LINE, text)
  return labels.map((label, i) => [
    METADATA_LABELS.get((label[1] ?? label[2]) as string) as MetadataField,
    text.slice(label.index + label[0].length, labels[i + 1]?.index ?? text.length).trim(),
  ])
}

/** Fields and values that nothing parts, of a line that begins with a label and holds no sentence; none where a label has no value. */
function pairsGlued(text: string): [MetadataField, string][] {
  if (text.length > LONGEST_VALUE || /[,。;:]/.test(text)) return []
  const labels = everyMatch(GLUED_LABEL, text).filter(({ 0: label }) => METADATA_LABELS.has(label))
  if (labels[0]?.index !== 0) return []
  const pairs = labels.map((label, i): [MetadataField, string] => [
    METADATA_LABELS.get(label[0]) as MetadataField,
    text.slice(label.index + label[0].length, labels[i + 1]?.index ?? text.length),
  ])
  return pairs.every(([, value]) => value.length > 1) ? pairs : []
}

const pairsInCells = (cells: readonly string[]): [MetadataField, string][] =>
  cells.flatMap((cell, i) => {
    const label = LABEL_ALONE.exec(cell)
    const value = cells[i + 1]
    return label && value && !LABEL_ALONE.test(value)
      ? [[METADATA_LABELS.get(label[1] as string) as MetadataField, value]]
      : []
  })

function take(metadata: Metadata, field: MetadataField, value: string): void {
  if (field === 'number') metadata.number ??= numberIn(value)
  else if (field === 'title') metadata.title ??= value.length >= 6 ? value : null
  else if (field === 'issuer') metadata.issuer ??= isSigner(value) ? value : null
  else if (field === 'written' || field === 'published') metadata[field] ??= readDate(value)
}
