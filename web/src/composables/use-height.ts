import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** Height of an element in pixels, followed as it changes; 0 as long as there is none. */
export function useHeight(element: Ref<HTMLElement | undefined>) {
  const height = ref(0)
  const observer = new ResizeObserver(([entry]) => {
    if (entry) height.value = entry.contentRect.height
  })
  watch(element, (now, before) => {
    if (before) observer.unobserve(before)
    if (now) observer.observe(now)
  })
  onScopeDispose(() => observer.disconnect())
  return height
}
