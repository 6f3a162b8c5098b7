import { onScopeDispose, ref } from 'vue'

/** True while the page is being printed: paper has no button for the rest of a list. */
export function usePrinting() {
  const printing = ref(false)
  const before = () => {
    printing.value = true
  }
  const after = () => {
    printing.value = false
  }
  window.addEventListener('beforeprint', before)
  window.addEventListener('afterprint', after)
  onScopeDispose(() => {
    window.removeEventListener('beforeprint', before)
    window.removeEventListener('afterprint', after)
  })
  return printing
}
