import { computed, onScopeDispose, ref, shallowRef, watch, type WatchSource } from 'vue'
import { asProblem, type ApiProblem } from '../api/problem.ts'
import type { Page } from '../api/types.ts'

/**
 * A list that is fetched page by page as it is scrolled. When `source` changes the old rows stay until the first new
 * page is there, so that the table never flashes blank; answers that come too late are dropped.
 */
export function useCursorList<T>(
  source: WatchSource,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<T>>,
) {
  const rows = shallowRef<T[]>([])
  const total = ref<number | null>(null)
  const next = ref<string | null>(null)
  const loaded = ref(false)
  const loading = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)
  let running: AbortController | null = null
  let fetching: Promise<void> = Promise.resolve()

  async function fetchInto(cursor: string | undefined) {
    running?.abort()
    const mine = (running = new AbortController())
    loading.value = true
    try {
      const page = await fetchPage(cursor, mine.signal)
      if (mine.signal.aborted) return
      // A new array, not the old one with more rows: Vue sees no change where a component is given the same array.
      rows.value = cursor === undefined ? page.items : [...rows.value, ...page.items]
      if (cursor === undefined || page.total !== null) total.value = page.total
      next.value = page.nextCursor
      loaded.value = true
      problem.value = null
    } catch (error) {
      if (!mine.signal.aborted) problem.value = asProblem(error)
    } finally {
      if (running === mine) loading.value = false
    }
  }

  const start = (cursor: string | undefined) => (fetching = fetchInto(cursor))
  const reload = () => start(undefined)
  /** Fetches the next page, or none while one is under way, after a failure or at the end. Resolves when nothing is under way. */
  const more = () => (next.value !== null && !loading.value && problem.value === null ? start(next.value) : fetching)
  /** After a failure in mid-list: tries that page again. */
  const retry = () => start(loaded.value && next.value !== null ? next.value : undefined)

  watch(source, () => void reload(), { immediate: true })
  onScopeDispose(() => running?.abort())
  return { rows, total, loaded, loading, problem, hasMore: computed(() => next.value !== null), reload, more, retry }
}
