import type { Reader } from './types.ts'

/** What readers write for a tab inside a paragraph, until it is known whether it parts cells. */
export const TAB_INSIDE = '\v'

/** A row has so many tabs at least: one parts a name from a page or a post. */
const FEWEST_TABS = 2
/** Within so many lines stands another row: a title of a group may be between. */
const REACH = 2

/**
 * Text in which tabs inside paragraphs part cells where neighbouring paragraphs have several too: a table that was typed with
 * the tab key, or came from a text. Elsewhere (labels, signatures, tables of contents) a tab is a blank.
 */
export function withTabbedRows(text: string): string {
  if (!text.includes(TAB_INSIDE)) return text
  const lines = text.split('\n')
  const tabs = lines.map((line) => line.split(TAB_INSIDE).length - 1)
  const isRow = (i: number): boolean =>
    tabs[i]! >= FEWEST_TABS &&
    !isEntryOfContents(lines[i]!) &&
    [...Array(2 * REACH + 1).keys()].some((k) => k !== REACH && (tabs[i + k - REACH] ?? 0) >= FEWEST_TABS)
  return lines.map((line, i) => line.replaceAll(TAB_INSIDE, isRow(i) ? '\t' : ' ')).join('\n')
}

/** 第一章 ⇥ 总则 ⇥ 3: label, title and page. */
const isEntryOfContents = (line: string): boolean =>
  /^\s*(?:第[^\v]{1,6}[章节条部]|[一二三四五六七八九十]{1,3}、?|\d+(?:\.\d+)+)\v[^\v]+\v\d{1,4}$/.test(line)

/** A reader that writes {@link TAB_INSIDE} for tabs, with these resolved. */
export const tabbed =
  (read: Reader): Reader =>
  async (bytes, context) => {
    const result = await read(bytes, context)
    return { ...result, text: withTabbedRows(result.text) }
  }
