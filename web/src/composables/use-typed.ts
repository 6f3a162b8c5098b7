import { ref, watch, type Ref } from 'vue'
import { useSession } from '../stores/session.ts'

interface Typed<T> {
  typed: Ref<T>
  /** The form opened with what had been typed before. */
  restored: boolean
  /** What has been typed is stored elsewhere or given up; what is typed after it is kept again. */
  forget: () => void
  /** To be called when the form is sent: the answer forgets what was sent, but not what has been typed since. */
  sending: () => () => void
}

/**
 * What somebody has typed into a form, kept in this window until it is forgotten: closing the dialog, reloading the page or
 * a session that ends loses nothing. Kept by person, so that nobody else at the same machine gets to see it.
 * @param name of the form and the record it is about
 */
export function useTyped<T extends object>(name: string, initial: T): Typed<T> {
  const key = `zhengbiao.typed.${useSession().me?.id ?? 0}.${name}`
  let restored = false
  let start = initial
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null')
    if (typeof stored === 'object' && stored !== null) {
      start = { ...initial, ...stored }
      restored = true
    }
  } catch {
    /* nothing kept */
  }
  const typed = ref({ ...start }) as Ref<T>
  watch(
    typed,
    (value) => {
      try {
        sessionStorage.setItem(key, JSON.stringify(value))
      } catch {
        /* storage full or forbidden: it lasts as long as the form is open */
      }
    },
    { deep: true, flush: 'sync' },
  )

  const forget = () => sessionStorage.removeItem(key)
  function sending() {
    const sent = JSON.stringify(typed.value)
    return () => {
      if (JSON.stringify(typed.value) === sent) forget()
    }
  }
  return { typed, restored, forget, sending }
}
