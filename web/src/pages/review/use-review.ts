import { computed, ref, shallowRef, watch } from 'vue'
import { fetchCandidates, mendTarget, type Candidate, type MendFields } from '../../api/review-calls.ts'
import { asProblem, type ApiProblem } from '../../api/problem.ts'
import { takeStep } from '../../api/steps.ts'
import { toast } from '../../components/toast.ts'
import { useAddress } from '../../composables/use-address.ts'
import { useCursorList } from '../../composables/use-cursor-list.ts'
import { useTurns } from '../../composables/use-turns.ts'

const PAGE = 50
export const ORDERS = [
  { value: '-confidence', word: '先看把握大的' },
  { value: 'confidence', word: '先看把握小的' },
  { value: 'document', word: '按文件顺序' },
] as const
type Order = (typeof ORDERS)[number]['value']

/** What has become of a candidate in this sitting. */
interface Verdict {
  word: string
  version: number
}

/** The candidate is read, or one of the panels stands open for it. */
type Mode = 'read' | 'edit' | 'drop' | 'merge' | 'split'

/** A step of this sitting that can be taken back, and the candidates it has made. */
interface Taken {
  id: number
  made: readonly number[]
}

/**
 * The candidates one after the other. A decided one stays in the list with its verdict, so that nothing jumps and the
 * last verdicts can be taken back in turn. Whatever is asked for while a step is under way waits its turn; when that
 * comes it is done only where the candidate that was in view at the press still is and is undecided: nobody decides
 * what they have not seen.
 */
export function useReview() {
  const { read, write } = useAddress()
  const order = computed<Order>(() => ORDERS.find((one) => one.value === read('order'))?.value ?? '-confidence')
  const documentId = computed(() =>
    /^\d{1,9}$/.test(read('documentId') ?? '') ? Number(read('documentId')) : undefined,
  )
  const source = computed(() => JSON.stringify([order.value, documentId.value]))
  const list = useCursorList<Candidate>(source, (cursor, signal) =>
    fetchCandidates({ order: order.value, documentId: documentId.value, limit: PAGE, cursor }, signal),
  )
  const { take } = useTurns()

  const verdicts = shallowRef<ReadonlyMap<number, Verdict>>(new Map())
  const trail: Taken[] = []
  const mode = ref<Mode>('read')
  const rows = list.rows
  const index = computed(() => {
    const asked = rows.value.findIndex((row) => String(row.id) === read('at'))
    return asked >= 0
      ? asked
      : Math.max(
          0,
          rows.value.findIndex((row) => !verdicts.value.has(row.id)),
        )
  })
  const current = computed<Candidate | null>(() => rows.value[index.value] ?? null)
  const left = computed(() => (list.total.value === null ? null : list.total.value - verdicts.value.size))
  // At once, not with the next rendering: a step whose turn comes must not meet the panel of the candidate before.
  watch(
    () => current.value?.id,
    () => {
      mode.value = 'read'
    },
    { flush: 'sync' },
  )

  /** What somebody looks at: which candidate, and in which panel. */
  const view = () => `${current.value?.id} ${mode.value}`

  async function go(to: number) {
    const seen = view()
    if (to > rows.value.length - 10) {
      const more = list.more()
      if (to >= rows.value.length) await more
    }
    const row = rows.value[Math.min(Math.max(to, 0), rows.value.length - 1)]
    if (row && view() === seen) await write({ at: row.id })
  }
  const next = () => go(index.value + 1)
  const previous = () => go(index.value - 1)

  /** Waits its turn; then runs with the candidate as it is now, unless it is decided or another one or another panel is in view. */
  function withSeen(work: (row: Candidate) => Promise<void>): Promise<void> {
    const seen = view()
    return take(async () => {
      const row = current.value
      if (row && view() === seen && !verdicts.value.has(row.id)) await work(row)
    })
  }

  /**
   * Runs a call about one candidate. A refusal is shown; where somebody else was faster the candidate is shown as it is by
   * now.
   */
  async function attempt<T>(id: number, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      const problem = asProblem(error)
      toast.problem(problem)
      if (problem.code === 'version-conflict') await refresh(id)
      return null
    }
  }

  function settle(id: number, verdict: Verdict | null) {
    const after = new Map(verdicts.value)
    if (verdict) after.set(id, verdict)
    else after.delete(id)
    verdicts.value = after
  }
  const put = (id: number, change: (row: Candidate) => Candidate) => {
    list.rows.value = rows.value.map((row) => (row.id === id ? change(row) : row))
  }

  /** Takes a deciding step for the candidate in view and goes on to the next; the last one has none and stays. */
  const decide = (step: 'accept' | 'drop' | 'merge', word: string, fields: Record<string, unknown> = {}) =>
    withSeen(async (row) => {
      const seen = view()
      const at = index.value
      const answer = await attempt(row.id, () =>
        takeStep(step, row.id, { ...fields, version: row.version } as Parameters<typeof takeStep<'accept'>>[2]),
      )
      if (!answer) return
      trail.push({ id: row.id, made: [] })
      settle(row.id, { word, version: answer.version })
      if (read('at') === undefined) return void (mode.value = 'read') // the first undecided one is in view already
      if (view() !== seen) return // somebody has moved on
      mode.value = 'read'
      await go(at + 1)
    })

  /** Mends the candidate in view without deciding it; resolves to false where it was refused. */
  async function mend(fields: MendFields): Promise<boolean> {
    let done = false
    await withSeen(async (row) => {
      const answer = await attempt(row.id, () => mendTarget(row.id, row.version, fields))
      if (!answer) return
      trail.push({ id: row.id, made: [] })
      put(row.id, (old) => ({ ...old, version: answer.version }))
      await refresh(row.id)
      done = true
      toast.done('已修改，尚未立项')
    })
    return done
  }

  /** Reads one candidate again where it stands in the list; one that waits for no verdict any more has got it elsewhere. */
  async function refresh(id: number) {
    const answer = await attempt(id, () => fetchCandidates({ id, order: 'document', limit: 1 }))
    if (!answer) return
    const [fresh] = answer.items
    if (fresh) return put(id, () => fresh)
    if (current.value?.id === id) await write({ at: id }) // it stays in view
    settle(id, { word: '已由他人校核', version: 0 })
  }

  /** Makes several candidates of the one in view, which stays as the first of them; resolves to why not. */
  async function split(parts: MendFields[]): Promise<ApiProblem | null> {
    let refused: ApiProblem | null = null
    await withSeen(async ({ id, version }) => {
      try {
        const answer = await takeStep('split', id, { parts, version })
        const made = answer.made ?? []
        trail.push({ id, made })
        put(id, (old) => ({ ...old, version: answer.version }))
        await refresh(id)
        const pages = await attempt(id, () =>
          Promise.all(made.map((one) => fetchCandidates({ id: one, order: 'document', limit: 1 }))),
        )
        list.rows.value = rows.value.flatMap((row) =>
          row.id === id ? [row, ...(pages ?? []).flatMap(({ items }) => items)] : [row],
        )
        if (list.total.value !== null) list.total.value += made.length
        mode.value = 'read'
        toast.done(`已拆成 ${parts.length} 条，逐条校核；拆错了按 u 撤销`)
      } catch (error) {
        refused = asProblem(error)
        if (refused.code === 'version-conflict') await refresh(id)
      }
    })
    return refused
  }
  // A part that was split off comes once more with the page to which its confidence belongs.
  watch(
    rows,
    (all) => {
      const seen = new Set<number>()
      const once = all.filter(({ id }) => !seen.has(id) && seen.add(id))
      if (once.length < all.length) list.rows.value = once
    },
    { flush: 'sync' },
  )

  /** Takes back the step taken last, and shows its candidate as it is then. */
  const undo = () =>
    take(async () => {
      const last = trail[trail.length - 1]
      const version =
        last && (verdicts.value.get(last.id)?.version ?? rows.value.find((row) => row.id === last.id)?.version)
      if (!last || version === undefined) return void toast.note('这次还没有可以撤销的校核')
      const { id, made } = last
      const seen = view()
      const answer = await attempt(id, () => takeStep('undo', id, { version }))
      if (!answer) return
      trail.pop()
      put(id, (row) => ({ ...row, version: answer.version }))
      await refresh(id)
      settle(id, null)
      if (view() === seen) await write({ at: id })
      else toast.done(`已撤销“${rows.value.find((row) => row.id === id)?.indicator ?? ''}”的校核`)
      if (made.length === 0) return
      list.rows.value = rows.value.filter((row) => !made.includes(row.id))
      if (list.total.value !== null) list.total.value -= made.length
    })

  /** Opens a panel for the candidate in view. */
  const open = (wanted: Mode) => withSeen(() => Promise.resolve(void (mode.value = wanted)))

  return {
    list,
    rows,
    index,
    current,
    verdicts,
    left,
    mode,
    order,
    documentId,
    go,
    next,
    previous,
    decide,
    mend,
    split,
    undo,
    open,
    write,
  }
}
