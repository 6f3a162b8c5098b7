import { computed, ref, shallowRef, watch } from 'vue'
import { asProblem } from '../../api/problem.ts'
import { fetchView, type SavedView } from '../../api/view-calls.ts'
import { toast } from '../../components/toast.ts'
import { useAddress } from '../../composables/use-address.ts'
import { FILTER_KEYS } from '../../domain/ledger-query.ts'

/** What a view keeps of the address. */
const KEYS = [...FILTER_KEYS, 'sort', 'asOf']

/** The kept part of an address in one order, so that two of them can be compared; the same order as the server's. */
function viewQuery(query: Record<string, unknown>): string {
  const kept = KEYS.flatMap((key) =>
    typeof query[key] === 'string' && query[key] !== '' ? [[key, query[key]] as [string, string]] : [],
  )
  return new URLSearchParams(kept.sort(([a], [b]) => (a < b ? -1 : 1))).toString()
}

/**
 * The saved view that the address names by `view`. An address with the view alone is filled with what the view holds;
 * one with filters beside it is the view with changes.
 */
export function useSavedView() {
  const { route, router, read } = useAddress()
  const view = shallowRef<SavedView | null>(null)
  const id = computed(() => (/^\d{1,9}$/.test(read('view') ?? '') ? Number(read('view')) : null))
  const here = computed(() => viewQuery(route.query))
  const changed = computed(() => view.value !== null && view.value.query !== here.value)
  /** Settled as soon as the address holds what the view says; the ledger waits for it before it asks for rows. */
  const ready = ref<Promise<unknown>>(Promise.resolve())

  async function load(wanted: number) {
    try {
      const found = view.value?.id === wanted ? view.value : await fetchView(wanted)
      if (id.value !== wanted) return
      view.value = found
      if (here.value === '')
        await router.replace({
          query: { ...Object.fromEntries(new URLSearchParams(found.query)), view: String(wanted) },
        })
    } catch (error) {
      view.value = null
      const problem = asProblem(error)
      toast.note(problem.status === 404 ? '链接中的视图已删除，或没有共享给您，现显示全部目标。' : problem.message)
    }
  }

  watch(
    id,
    (wanted) => {
      if (wanted === null) view.value = null
      else ready.value = load(wanted)
    },
    { immediate: true },
  )

  return { view, here, changed, ready }
}
