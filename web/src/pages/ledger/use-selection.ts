import { computed, ref, shallowRef } from 'vue'
import { fetchTargets } from '../../api/calls.ts'
import { asProblem } from '../../api/problem.ts'
import type { TargetQuery, TargetRow } from '../../api/types.ts'
import { toast } from '../../components/toast.ts'

/** Most targets that may be selected at once: as many as a step takes within some seconds. */
export const SELECT_MAX = 5_000
/** Rows of one request, the API's most. */
const PAGE = 500

/** Targets chosen in the ledger. The choice outlasts scrolling, sorting and other filters until it is taken back. */
export function useSelection(rows: () => readonly TargetRow[]) {
  const chosen = shallowRef<ReadonlyMap<number, TargetRow>>(new Map())
  const selected = computed<ReadonlySet<number>>(() => new Set(chosen.value.keys()))
  const gathering = ref(false)
  let anchor: number | null = null

  /** Takes a row in or out; with Shift all rows from the last one touched are made like it. */
  function toggle(row: TargetRow, range: boolean) {
    const next = new Map(chosen.value)
    const take = !next.has(row.id)
    const all = rows()
    const [from, to] = [all.findIndex((one) => one.id === anchor), all.findIndex((one) => one.id === row.id)]
    const touched = range && from >= 0 && to >= 0 ? all.slice(Math.min(from, to), Math.max(from, to) + 1) : [row]
    for (const one of touched) {
      if (!take) next.delete(one.id)
      else if (next.size < SELECT_MAX) next.set(one.id, one)
    }
    anchor = row.id
    chosen.value = next
  }

  /** Chooses every target that the filters leave, as far as {@link SELECT_MAX}. */
  async function takeAll(query: TargetQuery) {
    gathering.value = true
    try {
      const next = new Map(chosen.value)
      for (let cursor: string | undefined; next.size < SELECT_MAX;) {
        const page = await fetchTargets({ ...query, limit: PAGE, cursor })
        for (const row of page.items) if (next.size < SELECT_MAX) next.set(row.id, row)
        if (page.nextCursor === null) break
        cursor = page.nextCursor
      }
      chosen.value = next
    } catch (error) {
      toast.problem(asProblem(error))
    } finally {
      gathering.value = false
    }
  }

  function clear() {
    anchor = null
    chosen.value = new Map()
  }

  return { chosen, selected, gathering, toggle, takeAll, clear }
}
