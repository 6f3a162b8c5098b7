import { type InjectionKey, onBeforeUnmount, onMounted, provide, type Ref, ref, shallowRef } from 'vue'
import { placeMarks } from './margin.ts'

/** How pieces of the text learn that they come near the window, and have their marks put in place when they are in sight. */
interface Nearness {
  /** Calls back once, when the chunk first comes near. */
  watch: (chunk: HTMLElement, onNear: () => void) => void
  /** Follows whether a paragraph is in sight; it carries its number as `data-block`. */
  follow: (paragraph: HTMLElement) => void
  /** Has its marks put beside their lines, at once where it is in sight, else when it comes. */
  place: (paragraph: HTMLElement) => void
  leave: (element: HTMLElement) => void
}

export const NEARNESS: InjectionKey<Nearness> = Symbol('nearness')
/** So far ahead chunks are drawn with all their marks. */
const AHEAD = '900px 0px'

/**
 * Gives the paragraphs below their {@link Nearness}. Nothing is asked of the layout while it scrolls: the browser tells
 * which paragraphs come and go.
 * @param columns marks that fit side by side in the margin
 */
export function useNearness(box: Ref<HTMLElement | undefined>, columns: () => number) {
  /** First and last paragraph in sight. */
  const sight = shallowRef({ first: 0, last: 0 })
  const width = ref(0)
  const onNear = new Map<Element, () => void>()
  const followed = new Set<HTMLElement>()
  const inSight = new Set<HTMLElement>()
  const unplaced = new Set<HTMLElement>()
  let near: IntersectionObserver | null = null
  let seen: IntersectionObserver | null = null
  let frame = 0

  /** Only what is in sight is measured: to measure the rest would lay it out against the browser's will. */
  function placeSoon() {
    if (frame !== 0) return
    frame = window.requestAnimationFrame(() => {
      frame = 0
      const now = [...inSight].filter((paragraph) => unplaced.delete(paragraph))
      if (now.length > 0) placeMarks(now, columns())
    })
  }
  function look() {
    const numbers = [...inSight].map((paragraph) => Number(paragraph.dataset.block))
    if (numbers.length > 0) sight.value = { first: Math.min(...numbers), last: Math.max(...numbers) }
  }
  const resized = new ResizeObserver(([entry]) => {
    if (entry!.contentRect.width > 0) width.value = entry!.contentRect.width
  })

  provide(NEARNESS, {
    watch(chunk, callback) {
      onNear.set(chunk, callback)
      near?.observe(chunk)
    },
    follow(paragraph) {
      followed.add(paragraph)
      seen?.observe(paragraph)
    },
    place(paragraph) {
      unplaced.add(paragraph)
      if (inSight.has(paragraph)) placeSoon()
    },
    leave(element) {
      for (const set of [followed, inSight, unplaced]) set.delete(element)
      onNear.delete(element)
      near?.unobserve(element)
      seen?.unobserve(element)
    },
  })
  onMounted(() => {
    near = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (!isIntersecting) continue
          near!.unobserve(target)
          onNear.get(target)?.()
          onNear.delete(target)
        }
      },
      { root: box.value, rootMargin: AHEAD },
    )
    seen = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries)
          inSight[isIntersecting ? 'add' : 'delete'](target as HTMLElement)
        look()
        placeSoon()
      },
      { root: box.value },
    )
    for (const chunk of onNear.keys()) near.observe(chunk)
    for (const paragraph of followed) seen.observe(paragraph)
    resized.observe(box.value!)
  })
  onBeforeUnmount(() => {
    near?.disconnect()
    seen?.disconnect()
    resized.disconnect()
    window.cancelAnimationFrame(frame)
  })
  /** After the width has changed all marks stand elsewhere. */
  function placeAll() {
    for (const paragraph of followed) unplaced.add(paragraph)
    placeSoon()
  }
  return { sight, width, placeAll }
}
