import { onBeforeUnmount, ref, watch } from 'vue'
import { useAddress } from './use-address.ts'

const SETTLE_MS = 250

/** A field that searches as one types, a moment after the last stroke or at once by Enter; what is searched for lives in the address as `q`. */
export function useSearch() {
  const { read, write } = useAddress()
  const typed = ref(read('q') ?? '')
  let timer = 0
  // What is typed is newer than the address until it has settled.
  watch(
    () => read('q'),
    (value) => {
      if (timer === 0 && (value ?? '') !== typed.value.trim()) typed.value = value ?? ''
    },
  )

  function settle() {
    window.clearTimeout(timer)
    timer = 0
  }
  function search() {
    settle()
    void write({ q: typed.value.trim() })
  }
  /** For `input` and `compositionend`: characters still being composed are none yet. */
  function searchSoon(event: Event) {
    if ((event as InputEvent).isComposing) return
    settle()
    timer = window.setTimeout(search, SETTLE_MS)
  }
  /** Empties the field; the address is the caller's to change. */
  function empty() {
    settle()
    typed.value = ''
  }
  onBeforeUnmount(settle)
  return { typed, search, searchSoon, empty }
}
