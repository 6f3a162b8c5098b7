import { computed, ref, shallowRef } from 'vue'
import { fetchCandidates, mendTarget, type Candidate, type MendFields } from '../../api/review-calls.ts'
import { asProblem } from '../../api/problem.ts'
import { takeStep } from '../../api/steps.ts'
import { tell } from '../../components/tell.ts'
import { useAddress } from '../../composables/use-address.ts'
import { useCursorList } from '../../composables/use-cursor-list.ts'

const PAGE = 50
export const ORDERS = [{ value: '-confidence', word: '先看把握大的' }, { value: 'confidence', word: '先看把握小的' }, { value: 'document', word: '按文件顺序' }] as const
type Order = (typeof ORDERS)[number]['value']

/** What has become of a candidate in this sitting. */
export interface Verdict { word: string, version: number }

/**
 * The candidates one after the other. A decided one stays in the list with its verdict, so that nothing jumps and the
 * last verdicts can be taken back in turn.
 */
export function useReview() {
  const { read, write } = useAddress()
  const order = computed<Order>(() => ORDERS.find((one) => one.value === read('order'))?.value ?? '-confidence')
  const documentId = computed(() => (/^\d{1,9}$/.test(read('documentId') ?? '') ? Number(read('documentId')) : undefined))
  const source = computed(() => JSON.stringify([order.value, documentId.value]))
  const list = useCursorList<Candidate>(source, (cursor, signal) => fetchCandidates({ order: order.value, documentId: documentId.value, limit: PAGE, cursor }, signal))

  const verdicts = shallowRef<ReadonlyMap<number, Verdict>>(new Map())
  const trail = ref<number[]>([])
  const busy = ref(false)
  const rows = list.rows
  const index = computed(() => {
    const asked = rows.value.findIndex((row) => String(row.id) === read('at'))
    return asked >= 0 ? asked : Math.max(0, rows.value.findIndex((row) => !verdicts.value.has(row.id)))
  })
  const current = computed<Candidate | null>(() => rows.value[index.value] ?? null)
  const left = computed(() => (list.total.value === null ? null : list.total.value - verdicts.value.size))

  function go(to: number) {
    const row = rows.value[Math.min(Math.max(to, 0), rows.value.length - 1)]
    if (row) void write({ at: row.id })
    if (to > rows.value.length - 10) list.more()
  }
  const next = () => go(index.value + 1)
  const previous = () => go(index.value - 1)

  /** Runs a step; what is refused is told and leaves everything as it was. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | null> {
    if (busy.value) return null
    busy.value = true
    try {
      return await work()
    } catch (error) {
      tell.problem(asProblem(error))
      return null
    } finally {
      busy.value = false
    }
  }

  function settle(id: number, verdict: Verdict | null) {
    const after = new Map(verdicts.value)
    if (verdict) after.set(id, verdict)
    else after.delete(id)
    verdicts.value = after
  }
  const versionOf = (row: Candidate) => verdicts.value.get(row.id)?.version ?? row.version

  /** Takes a deciding step for the candidate in hand and goes on to the next. */
  async function decide(step: 'accept' | 'drop' | 'merge', word: string, fields: Record<string, unknown> = {}): Promise<boolean> {
    const row = current.value
    const at = index.value
    if (!row || verdicts.value.has(row.id)) return false
    const answer = await attempt(() => takeStep(step, row.id, { ...fields, version: versionOf(row) } as Parameters<typeof takeStep<'accept'>>[2]))
    if (!answer) return false
    settle(row.id, { word, version: answer.version })
    trail.value.push(row.id)
    if (read('at') === undefined || read('at') === String(row.id)) go(at + 1) // else somebody has moved on already
    return true
  }

  /** Mends the candidate in hand without deciding it. */
  async function mend(fields: MendFields): Promise<boolean> {
    const row = current.value
    if (!row) return false
    const answer = await attempt(() => mendTarget(row.id, versionOf(row), fields))
    if (!answer) return false
    await refresh(row.id)
    tell.done('已修改，尚未立项')
    return true
  }

  /** Reads one candidate again where it stands in the list. */
  async function refresh(id: number) {
    const old = rows.value.find((row) => row.id === id)
    if (!old) return
    const { items } = await fetchCandidates({ order: 'document', documentId: old.document.id, limit: 500 })
    const fresh = items.find((row) => row.id === id)
    if (fresh) list.rows.value = rows.value.map((row) => (row.id === id ? fresh : row))
  }

  /** Takes back the verdict given last. */
  async function undo() {
    const id = trail.value[trail.value.length - 1]
    const verdict = id === undefined ? undefined : verdicts.value.get(id)
    if (id === undefined || !verdict) return void tell.note('这次还没有可以撤销的校核')
    if (!await attempt(() => takeStep('undo', id, { version: verdict.version }))) return
    trail.value.pop()
    settle(id, null)
    await write({ at: id })
    await attempt(() => refresh(id))
  }

  return { list, rows, index, current, verdicts, left, busy, order, documentId, go, next, previous, decide, mend, undo, write }
}
