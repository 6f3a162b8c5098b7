import { computed, onBeforeUnmount, onMounted, ref } from 'vue'

/** Height at which a board is designed, in pixels. */
const HEIGHT = 1080
/** A screen that is narrower than this for its height (a phone) shows the page as any other. */
const LEAST_RATIO = 1.2

/**
 * A board that fills any screen: it is laid out 1080 pixels high and as wide as the screen's form asks, then made larger
 * or smaller as a whole, so that letters are as large on a wall of 4K as on a small screen.
 */
export function useBoard() {
  const size = ref({ width: window.innerWidth, height: window.innerHeight })
  const measure = () => {
    size.value = { width: window.innerWidth, height: window.innerHeight }
  }
  onMounted(() => window.addEventListener('resize', measure))
  onBeforeUnmount(() => window.removeEventListener('resize', measure))
  const fits = computed(() => size.value.width / size.value.height >= LEAST_RATIO)
  const style = computed(() => {
    if (!fits.value) return {}
    const scale = size.value.height / HEIGHT
    return {
      width: `${size.value.width / scale}px`,
      height: `${HEIGHT}px`,
      transform: `scale(${scale})`,
    }
  })
  return { fits, style }
}
