import { onScopeDispose, ref, shallowRef, watch, type Ref, type WatchSource } from 'vue'
import { asProblem, type ApiProblem } from '../api/problem.ts'

interface Load<T> {
  /** Last good answer; it stays on the page while a newer one is fetched. */
  data: Ref<T | null>
  problem: Ref<ApiProblem | null>
  loading: Ref<boolean>
  reload: () => Promise<void>
}

/**
 * Fetches whenever `source` changes. An older answer never overwrites a newer one: its request is aborted.
 * @param source what the request depends on; the fetcher runs at once and again on each change
 */
export function useLoad<T>(source: WatchSource, fetcher: (signal: AbortSignal) => Promise<T>): Load<T> {
  const data = shallowRef<T | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  const loading = ref(false)
  let running: AbortController | null = null

  async function reload() {
    running?.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const answer = await fetcher(mine.signal)
      if (mine.signal.aborted) return
      data.value = answer
      problem.value = null
    } catch (error) {
      if (mine.signal.aborted) return
      problem.value = asProblem(error)
    } finally {
      if (running === mine) loading.value = false
    }
  }

  watch(source, () => void reload(), { immediate: true })
  onScopeDispose(() => running?.abort())
  return { data, problem, loading, reload }
}
