import { ref, shallowRef } from 'vue'
import { asProblem, type ApiProblem } from '../../api/problem.ts'

/**
 * The form of one record of a register (a unit, an account): what was refused, and what somebody else has stored since
 * it was opened. What is typed stays as it is in either case.
 * @param opened the record as the list had it; null for a new one
 */
export function useRecordForm<R extends { version: number }>(opened: R | null) {
  /** The record as it is stored as far as the page knows: the next save goes on from its version. */
  const stored = shallowRef<R | null>(opened)
  const busy = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)
  const conflict = ref(false)

  /** Runs a save; resolves to false where it was refused, and why stands in `problem` or `conflict`. */
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    busy.value = true
    problem.value = null
    try {
      await work()
      conflict.value = false
      return true
    } catch (error) {
      const caught = asProblem(error)
      if (caught.code === 'version-conflict' && caught.current) {
        stored.value = caught.current as R
        conflict.value = true
      } else problem.value = caught
      return false
    } finally {
      busy.value = false
    }
  }

  return { stored, busy, problem, conflict, attempt }
}

/** Heads of the two columns where one's own version stands beside the stored one. */
export const MINE_AND_STORED = { seen: '您填写的', current: '现在存的' } as const
export const SAME_AS_MINE = '他人存入的与您填写的相同。'
