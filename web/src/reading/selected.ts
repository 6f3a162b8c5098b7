/** A selected piece of the text, half open, in offsets of the text shown. */
export interface Span {
  start: number
  end: number
}

/** Place in the text of a point of the page; null where no text of the document stands. */
function placeOf(node: Node, offset: number): number | null {
  const run = (node instanceof Element ? node : node.parentElement)?.closest('[data-at]')
  if (run)
    return (
      Number(run.getAttribute('data-at')) +
      (node instanceof Element ? (offset > 0 ? run.textContent.length : 0) : offset)
    )
  // a whole paragraph is selected by a triple click: the end lies at the beginning of the next
  const child = node instanceof Element ? node.children[Math.min(offset, node.children.length - 1)] : null
  const first = child?.matches('[data-at]') ? child : child?.querySelector('[data-at]')
  return first ? Number(first.getAttribute('data-at')) : null
}

/** What is selected inside `root`, without blanks at its ends; null where nothing is. Runs carry their place as `data-at`. */
export function selectedSpan(root: Element, selection: Selection | null, text: string): Span | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null
  let start = placeOf(range.startContainer, range.startOffset)
  let end = placeOf(range.endContainer, range.endOffset)
  if (start === null || end === null) return null
  while (start < end && /\s/.test(text.charAt(start))) start += 1
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1
  return end > start ? { start, end } : null
}
