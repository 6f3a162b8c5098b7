import { onScopeDispose, ref } from 'vue'
import { useRouter } from 'vue-router'
import { ApiProblem, offline } from '../api/problem.ts'

/** What browsers and Vite say where a script or stylesheet of ours cannot be fetched. */
const MISSING = /dynamically imported module|module script failed|Unable to preload CSS/i
export const isMissingCode = (error: unknown) => error instanceof Error && MISSING.test(error.message)

/** A second failure so soon after a reload is no update: reloading again would go on for ever. */
const AGAIN_MS = 30_000
const KEY = 'zhengbiao.reloaded'

const serverAnswers = () =>
  fetch('/', { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  )

function reload(place: string) {
  sessionStorage.setItem(KEY, String(Date.now()))
  // Assigning the present address would only scroll, not load.
  if (place === window.location.pathname + window.location.search) window.location.reload()
  else window.location.assign(place)
}

/**
 * After an update an open page asks for code that is gone. It is loaded anew, once; where something has been typed the
 * person decides when.
 */
export function useMissingCode() {
  const router = useRouter()
  /** Address that waits to be loaded anew; null where none does. */
  const waiting = ref<string | null>(null)
  let typed = false
  const onInput = (event: Event) => {
    if ((event.target as Element).closest('form:not([role=search]), [role=dialog]')) typed = true
  }
  document.addEventListener('input', onInput)
  const stop = router.afterEach((to, from) => {
    if (to.path !== from.path) typed = false
  })
  onScopeDispose(() => {
    document.removeEventListener('input', onInput)
    stop()
  })

  /** Deals with code that could not be fetched for an address; returns a problem where a reload would not help. */
  async function fetchAnew(place: string): Promise<ApiProblem | null> {
    if (!(await serverAnswers())) return offline()
    if (Date.now() - Number(sessionStorage.getItem(KEY) ?? 0) < AGAIN_MS) {
      return new ApiProblem(
        0,
        'missing-code',
        '页面的程序没有载入',
        '请稍后重试；如果一直这样，请把时间和页面告诉管理员。',
      )
    }
    if (typed) waiting.value = place
    else reload(place)
    return null
  }

  return { waiting, fetchAnew, reload: () => reload(waiting.value ?? router.currentRoute.value.fullPath) }
}
