import { findPassage, lettersOf, type Passage } from './passage.ts'

const MARK = 'found'

/** Takes the marks of {@link markPassage} away. */
export function unmark(root: ParentNode): void {
  for (const mark of root.querySelectorAll(`mark.${MARK}`)) {
    const parent = mark.parentNode!
    mark.replaceWith(...mark.childNodes)
    parent.normalize()
  }
}

/**
 * Marks a passage in what is drawn, however many elements its words are spread over.
 * @param leaveOut elements whose text the reader of the file does not know (heads and feet of pages)
 * @returns the marks in the order of the text; none where the passage is not there
 */
export function markPassage(root: Element | ShadowRoot, passage: Passage, leaveOut = ''): HTMLElement[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, {
    acceptNode: (node) =>
      node instanceof Element
        ? leaveOut !== '' && node.matches(leaveOut)
          ? NodeFilter.FILTER_REJECT
          : NodeFilter.FILTER_SKIP
        : NodeFilter.FILTER_ACCEPT,
  })
  const nodes: { node: Text; from: number; at: number[] }[] = []
  let text = ''
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const own = lettersOf(node.data)
    if (own.text === '') continue
    nodes.push({ node, from: text.length, at: own.at })
    text += own.text
  }
  const place = findPassage(text, passage)
  if (!place) return []
  const marks: HTMLElement[] = []
  for (const { node, from, at } of nodes) {
    const first = Math.max(place.from - from, 0)
    const last = Math.min(place.to - from, at.length) - 1
    if (first > last) continue
    const range = document.createRange()
    range.setStart(node, at[first]!)
    range.setEnd(node, at[last]! + 1)
    const mark = document.createElement('mark')
    mark.className = MARK
    range.surroundContents(mark)
    marks.push(mark)
  }
  return marks
}
