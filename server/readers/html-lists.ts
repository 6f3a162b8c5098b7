import type { DefaultTreeAdapterTypes as Tree } from 'parse5'
import { formatNumber } from './docx/number-formats.ts'

/** Kinds of numbers by what a page calls them (HTML 4.4.5, CSS Counter Styles), by the names that formatNumber knows. */
const FORMATS: Readonly<Record<string, string>> = {
  a: 'lowerLetter',
  A: 'upperLetter',
  i: 'lowerRoman',
  I: 'upperRoman',
  'lower-alpha': 'lowerLetter',
  'upper-alpha': 'upperLetter',
  'lower-roman': 'lowerRoman',
  'upper-roman': 'upperRoman',
  'cjk-ideographic': 'chineseCounting',
  'cjk-decimal': 'chineseCounting',
  'simp-chinese-informal': 'chineseCounting',
  'trad-chinese-informal': 'chineseCounting',
}

/**
 * Labels of numbered lists in lists whose kind of number was lost, by depth, as official documents number their parts
 * (《党政机关公文格式》 GB/T 9704-2012, 7.3.3).
 */
const BY_DEPTH: readonly ((n: number) => string)[] = [
  (n) => `${formatNumber(n, 'chineseCounting')}、`,
  (n) => `（${formatNumber(n, 'chineseCounting')}）`,
  (n) => `${n}.`,
  (n) => `（${n}）`,
]

/** Numbers of the items of lists, which a browser puts before them and no text of the page holds. */
export class ListLabels {
  private readonly labels = new Map<Tree.Element, string>()

  /** @param page whose lists are counted, once */
  constructor(page: Tree.ParentNode) {
    const lists = numberedLists(page, 0)
    const deepest = Math.max(0, ...lists.map(({ depth }) => depth))
    for (const { list, depth } of lists) this.count(list, deepest > 1 ? depth : 0)
  }

  /** What stands before an item; undefined where nothing does. */
  of(item: Tree.Element): string | undefined {
    return this.labels.get(item)
  }

  private count(list: Tree.Element, depth: number): void {
    const format = formatOf(list)
    if (format === 'none') return
    let number = integer(list, 'start') ?? 1
    for (const item of list.childNodes) {
      if (!('tagName' in item) || item.tagName !== 'li') continue
      number = integer(item, 'value') ?? number
      const label = format === null && depth > 0 ? BY_DEPTH[Math.min(depth, BY_DEPTH.length) - 1]!(number) : null
      const plain = format === null ? String(number) : formatNumber(number, format)
      const hasWords = hasOwnWords(item)
      if (hasWords) this.labels.set(item, label ?? `${plain}${/^[一二三四五六七八九十百]/.test(plain) ? '、' : '.'}`)
      // A list in an item carries on an item that has no words of its own.
      if (hasWords || !item.childNodes.some((child) => 'tagName' in child && child.tagName === 'ol')) number++
    }
  }
}

interface NumberedList {
  list: Tree.Element
  /** From 1, counting numbered lists only. */
  depth: number
}

function numberedLists(node: Tree.ParentNode, depth: number): NumberedList[] {
  return node.childNodes.flatMap((child) => {
    if (!('tagName' in child)) return []
    const own = child.tagName === 'ol' ? depth + 1 : depth
    return [...(own > depth ? [{ list: child, depth: own }] : []), ...numberedLists(child, own)]
  })
}

const attribute = (element: Tree.Element, name: string) => element.attrs.find((attr) => attr.name === name)?.value

function integer(element: Tree.Element, name: string): number | null {
  const value = Number.parseInt(attribute(element, name) ?? '', 10)
  return Number.isSafeInteger(value) && Math.abs(value) < 10_000 ? value : null
}

/** Kind of number that a list names; `none` where it shows none, null where it does not say. */
function formatOf(list: Tree.Element): string | null {
  const style = /list-style(?:-type)?\s*:\s*([\w-]+)/i.exec(attribute(list, 'style') ?? '')?.[1]
  if (style === 'none') return 'none'
  return FORMATS[style ?? attribute(list, 'type') ?? ''] ?? null
}

/** Whether an item has words outside of lists in it. */
function hasOwnWords(item: Tree.ParentNode): boolean {
  return item.childNodes.some((child) => {
    if (child.nodeName === '#text') return (child as Tree.TextNode).value.trim() !== ''
    return 'tagName' in child && child.tagName !== 'ol' && child.tagName !== 'ul' && hasOwnWords(child)
  })
}
