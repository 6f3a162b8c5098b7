import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/**
 * What of the text is in sight: paragraphs carry their number as `data-block`. Told after each frame in which the box was
 * scrolled or changed its size.
 */
export function useSight(box: Ref<HTMLElement | undefined>) {
  /** First and last paragraph in sight. */
  const sight = ref({ first: 0, last: 0 })
  const width = ref(0)
  let frame = 0

  function blockAt(y: number): number | null {
    const { left, width: wide } = box.value!.getBoundingClientRect()
    for (const x of [left + wide / 2, left + wide / 3]) {
      const number = document.elementsFromPoint(x, y).map((element) => element.closest('[data-block]')).find((block) => block && box.value!.contains(block))?.getAttribute('data-block')
      if (number) return Number(number)
    }
    return null
  }
  function look() {
    if (!box.value || box.value.clientHeight === 0) return
    const { top, bottom } = box.value.getBoundingClientRect()
    // between two paragraphs there is a gap of a few pixels
    const near = (y: number, step: number) => blockAt(y) ?? blockAt(y + step) ?? blockAt(y + 2 * step)
    const first = near(top + 4, 12) ?? (box.value.scrollTop < 40 ? 0 : sight.value.first)
    sight.value = { first, last: Math.max(first, near(bottom - 4, -12) ?? sight.value.last) }
  }
  function later() {
    window.cancelAnimationFrame(frame)
    frame = window.requestAnimationFrame(look)
  }
  const observer = new ResizeObserver(([entry]) => {
    if (entry!.contentRect.width > 0) width.value = entry!.contentRect.width
    later()
  })
  onMounted(() => observer.observe(box.value!))
  onBeforeUnmount(() => {
    observer.disconnect()
    window.cancelAnimationFrame(frame)
  })
  return { sight, width, onScroll: later }
}
