import { ref, watch, type Ref } from 'vue'
import { useSession } from '../stores/session.ts'

/**
 * What somebody has typed into a form, kept in this window until {@link forget}: closing the dialog, reloading the page or
 * a session that ends loses nothing. Kept by person, so that nobody else at the same machine gets to see it.
 * @param name of the form and the record it is about
 */
export function useTyped<T extends object>(name: string, initial: T): { typed: Ref<T>, restored: boolean, forget: () => void } {
  const key = `zhengbiao.typed.${useSession().me?.id ?? 0}.${name}`
  let restored = false
  let start = initial
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    if (typeof stored === 'object' && stored !== null) {
      start = { ...initial, ...stored }
      restored = true
    }
  } catch { /* nothing kept */ }
  const typed = ref({ ...start }) as Ref<T>
  const stop = watch(typed, (value) => {
    try {
      sessionStorage.setItem(key, JSON.stringify(value))
    } catch { /* storage full or forbidden: it lasts as long as the form is open */ }
  }, { deep: true, flush: 'sync' })

  function forget() {
    stop()
    sessionStorage.removeItem(key)
  }
  return { typed, restored, forget }
}
