const MARGIN = 24

/**
 * Scrolls a box (never the page) so that an element stands in its upper half, where it does not yet stand well in sight.
 * Sideways it is scrolled no more than needed: what stands before the element stays in sight.
 * @param left pixels at the left that are covered
 */
export function showIn(box: HTMLElement, element: Element, left = 0): void {
  const frame = box.getBoundingClientRect()
  const own = element.getBoundingClientRect()
  if (own.top < frame.top + MARGIN || own.bottom > frame.bottom - MARGIN)
    box.scrollTop += own.top - frame.top - box.clientHeight / 3
  const [from, to] = [frame.left + left, frame.left + box.clientWidth]
  if (own.left < from || own.width > to - from) box.scrollLeft += own.left - from - MARGIN
  else if (own.right > to) box.scrollLeft += own.right - to + MARGIN
}
