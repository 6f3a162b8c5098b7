import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** Width and height in pixels of an element, as long as it is shown; what they were while it is hidden behind a tab. */
export function useRoom(element: Ref<HTMLElement | undefined>) {
  const width = ref(0)
  const height = ref(0)
  const observer = new ResizeObserver(([entry]) => {
    if (entry!.contentRect.width === 0) return
    width.value = entry!.contentRect.width
    height.value = entry!.contentRect.height
  })
  onMounted(() => {
    width.value = element.value!.clientWidth
    height.value = element.value!.clientHeight
    observer.observe(element.value!)
  })
  onBeforeUnmount(() => observer.disconnect())
  return { width, height }
}
