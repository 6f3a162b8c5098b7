import type { DefaultTreeAdapterTypes as Tree } from 'parse5'

/** Elements that are never the text of a document. */
const ELEMENTS = new Set(['nav', 'footer'])
const ROLES = new Set(['navigation', 'search', 'banner', 'contentinfo', 'menu', 'menubar', 'dialog', 'alertdialog'])

/** Names of parts of pages that government sites and legal databases put around a text: as a whole word of class or id. */
const NAMES =
  /(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|breadcrumbs?|crumbs?|share|bdshare|social|share-?box|toolbar|search(?:box|bar)?|login|footer|foot|copyright|qr-?code|ewm|print|relate[ds]?|related-?(?:news|list|reading)|recommend|comments?|pager?|pagination|banner|font-?size|side-?bar|pop-?up)(?:$|[\s_-])/i

/** A part with more words is no furniture, whatever it is called: some sites name their whole text "print". */
const MOST_WORDS = 400

/** Whether an element stands around the text of a page: navigation, share buttons, search, links to other pages. */
export function isFurniture(element: Tree.Element): boolean {
  const value = (name: string) => element.attrs.find((attr) => attr.name === name)?.value ?? ''
  if (element.attrs.some(({ name }) => name === 'hidden') || value('aria-hidden') === 'true') return true
  if (/display\s*:\s*none|visibility\s*:\s*hidden/i.test(value('style'))) return true
  const named =
    ELEMENTS.has(element.tagName) || ROLES.has(value('role')) || NAMES.test(value('class')) || NAMES.test(value('id'))
  return (named && wordsIn(element, MOST_WORDS) < MOST_WORDS) || isListOfLinks(element)
}

const LISTS = new Set(['ul', 'ol'])
/** So much of the words of an item is the link where the list leads elsewhere: beside it stands a day or a source. */
const LINKED = 0.7

/** Whether each item of a list leads to another page: 相关解读, 上一篇, columns of the site. The titles of these promise nothing here. */
function isListOfLinks(element: Tree.Element): boolean {
  if (!LISTS.has(element.tagName)) return false
  const items = element.childNodes.filter((node) => 'tagName' in node && node.tagName === 'li') as Tree.Element[]
  return items.length > 0 && items.every((item) => isLink(lettersIn(item)))
}

const isLink = ({ all, linked }: Letters): boolean => linked > 0 && linked >= all * LINKED

interface Letters {
  all: number
  /** Of them, those of links to other pages. */
  linked: number
}

/** Letters of an element, without digits and marks. */
function lettersIn(node: Tree.ParentNode): Letters {
  const sum: Letters = { all: 0, linked: 0 }
  for (const child of node.childNodes) {
    if (child.nodeName === '#text') sum.all += (child as Tree.TextNode).value.match(/\p{L}/gu)?.length ?? 0
    else if ('tagName' in child) {
      const { all, linked } = lettersIn(child)
      const href = child.attrs.find(({ name }) => name === 'href')?.value
      sum.all += all
      sum.linked += child.tagName === 'a' && href !== undefined && !href.startsWith('#') ? all : linked
    }
  }
  return sum
}

/** Addresses of notes on the same page, as Word, LibreOffice and WPS save them and sites write them. */
const NOTE = /^#_?(?:ftn|edn|sdfootnote|sdendnote|footnote|endnote|fn)[-:_]?\d/i

/** Whether an element is the raised number in a text that leads to a footnote: 130亿元¹ is no 1301. */
export const isNoteMark = (element: Tree.Element): boolean =>
  element.tagName === 'a' &&
  NOTE.test(element.attrs.find(({ name }) => name === 'href')?.value ?? '') &&
  wordsIn(element, LONGEST_MARK + 1) <= LONGEST_MARK

const LONGEST_MARK = 6

/** Letters of an element, counted no further than to `most`. */
function wordsIn(node: Tree.ParentNode, most: number): number {
  let count = 0
  const open: Tree.ParentNode[] = [node]
  while (open.length > 0 && count < most) {
    for (const child of open.pop()!.childNodes) {
      if (child.nodeName === '#text') count += (child as Tree.TextNode).value.replace(/\s/g, '').length
      else if ('childNodes' in child) open.push(child)
    }
  }
  return count
}
