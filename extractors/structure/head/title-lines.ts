import type { Paragraph } from '../paragraphs.ts'
import { MOST_LINES_ABOUT } from './lines-about.ts'
import { MOST_TITLE_LINES, isTitleLine, TITLE } from './title-words.ts'
import { endsLikeTitle, isOrganLine } from '../../text/marks.ts'
import { isAbout, isMetadata } from '../metadata.ts'
import { issuerOf } from './issuer-of-title.ts'
import { ownTitle, isTitleAgain, NUMBER_BEFORE } from './title-again.ts'

interface TitleLines {
  first: number
  title: string
}

/** The title that ends above a line, past the lines about the document between them. */
export function titleAbove(paragraphs: readonly Paragraph[], at: number, after: number): TitleLines | null {
  const lineAt = (i: number): string => (paragraphs[i] as Paragraph).text
  let end = at
  while (end - 1 > after && at - end < MOST_LINES_ABOUT && isAbout(paragraphs, end - 1)) end--
  let first = end
  while (first - 1 > after && end - first < MOST_TITLE_LINES && isTitleLine((paragraphs[first - 1] as Paragraph).text))
    first--
  // A database names the issuer once more between a title and its number.
  while (
    end - first > 1 &&
    isOrganLine(lineAt(end - 1)) &&
    endsLikeTitle(lineAt(end - 2)) &&
    TITLE.test(lineAt(end - 2))
  )
    end--
  if (first === end) return null
  const own = repeatedTitle(paragraphs, first, end)
  // What the page above calls the document is its title, without the body that a database names in between.
  const whole = (paragraphs[end - 1] as Paragraph).text
  if (end - first > 1 && ABOUT.test(whole) && endsLikeTitle(whole) && standsAbove(paragraphs, first, whole))
    return { first: end - 1, title: whole }
  if (end - first > 1 && isNamedAbove(paragraphs, end - 1)) return { first: end - 1, title: ownTitle(whole) }
  const begins = firstTitleLine(paragraphs, issuerLine(paragraphs, own, end), end)
  return { first: own > first ? first : begins, title: joinTitle(paragraphs, begins, end) }
}

const ABOUT = /^(?:关于|印发|转发|批转)/

/** 某局 / 某局 政策文件 / 某局关于…的通知: whether a site names itself above a whole title that names the same body. */
export function isNamedAbove(paragraphs: readonly Paragraph[], at: number): boolean {
  const { text } = paragraphs[at] as Paragraph
  const issuer = endsLikeTitle(text) && TITLE.test(text) ? issuerOf(text) : null
  return issuer !== null && (paragraphs[at - 1]?.text.startsWith(issuer) ?? false)
}

/** Whether a line stands by itself in the lines above, too. */
function standsAbove(paragraphs: readonly Paragraph[], before: number, line: string): boolean {
  for (let i = before - 1; i >= Math.max(0, before - MOST_LINES_BETWEEN); i--)
    if ((paragraphs[i] as Paragraph).text === line) return true
  return false
}

/** Where the title begins again: a page's title stands above the document's own, which may be broken into lines. */
function repeatedTitle(paragraphs: readonly Paragraph[], first: number, at: number): number {
  for (let i = at - 1; i > first; i--)
    for (let k = first; k < i; k++)
      if (isTitleAgain((paragraphs[k] as Paragraph).text.replace(NUMBER_BEFORE, ''), joinTitle(paragraphs, i, at)))
        return i
  return first
}

/** The line of the issuer, where one of the lines is: what stands above it belongs to the document before. */
function issuerLine(paragraphs: readonly Paragraph[], first: number, at: number): number {
  for (let i = at - 2; i > first; i--) {
    const text = (paragraphs[i] as Paragraph).text
    if (
      isOrganLine(text) &&
      /(?:政府|办公[厅室]|国务院|委员会|[局厅部委院])$/.test(text) &&
      !isOrganLine((paragraphs[i - 1] as Paragraph).text)
    )
      return i
  }
  return first
}

/** The first line that is the issuer or begins the title; what stands above is left of the text or page before. */
function firstTitleLine(paragraphs: readonly Paragraph[], from: number, at: number): number {
  for (let i = from; i < at; i++) {
    const { text } = paragraphs[i] as Paragraph
    if (isOrganLine(text) || issuerOf(text) !== null || /^(?:关于|印发|转发|批转|发布|公布)/.test(text)) return i
    // Several bodies in one line, whose matter begins on the next.
    if (ENDS_LIKE_BODY.test(text) && i + 1 < at && ABOUT.test((paragraphs[i + 1] as Paragraph).text)) return i
  }
  return from
}

const ENDS_LIKE_BODY = /^[\u4e00-\u9fff]{4,80}(?:政府|办公[厅室]|委员会|协会|[局厅部委办])$/

/** The title that begins below a line, past the lines about the document between them. */
export function titleBelow(paragraphs: readonly Paragraph[], at: number): { title: string; last: number } | null {
  let title = ''
  let first = at + 1
  while (first < paragraphs.length && first - at <= MOST_LINES_ABOUT && isMetadata(paragraphs[first] as Paragraph))
    first++
  for (
    let i = first;
    i < paragraphs.length && i - first < MOST_TITLE_LINES && isTitleLine((paragraphs[i] as Paragraph).text);
    i++
  ) {
    title += (paragraphs[i] as Paragraph).text
    const isTitle = TITLE.test(title) || OPENS_RULES.test(paragraphs[i + 1]?.text ?? '')
    if (endsLikeTitle(title) && isTitle && !/^附件/.test(title)) return { title: ownTitle(title), last: i }
  }
  return null
}

const joinTitle = (paragraphs: readonly Paragraph[], first: number, end: number): string =>
  ownTitle(
    paragraphs
      .slice(first, end)
      .map(({ text }) => text)
      .join(''),
  )

/** Lines between a title that a web page sets above a document and the document's own. */
export const MOST_LINES_BETWEEN = 12

/** 第一章总则, 第一条为…: what rules begin with. */
const OPENS_RULES = /^第[一1][章条]/
