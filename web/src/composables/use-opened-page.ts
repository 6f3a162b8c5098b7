import { watch } from 'vue'
import type { Opened } from '../domain/search-places.ts'
import { useOpened } from '../stores/opened.ts'

/** Puts the record that a page shows among those 最近打开, once it is known. */
export function useOpenedPage(shown: () => Opened | null) {
  const { add } = useOpened()
  let last = ''
  watch(
    shown,
    (one) => {
      if (one === null || one.to === last) return
      last = one.to
      add(one)
    },
    { immediate: true },
  )
}
