/** Scrolls a box (never the page) so that an element stands in its upper half, where it does not yet stand well in sight. */
export function showIn(box: HTMLElement, element: Element): void {
  const frame = box.getBoundingClientRect()
  const own = element.getBoundingClientRect()
  if (own.top < frame.top + 24 || own.bottom > frame.bottom - 24)
    box.scrollTop += own.top - frame.top - box.clientHeight / 3
  if (own.left < frame.left || own.right > frame.right) box.scrollLeft += own.left - frame.left - 24
}
