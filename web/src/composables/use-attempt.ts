import { ref, shallowRef } from 'vue'
import { asProblem, type ApiProblem } from '../api/problem.ts'

/** One deed of a form: whether it is under way, and what was refused. */
export function useAttempt() {
  const busy = ref(false)
  const problem = shallowRef<ApiProblem | null>(null)

  /** Does the work; what it throws becomes the problem. Resolves to whether it was done. */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    busy.value = true
    problem.value = null
    try {
      await work()
      return true
    } catch (error) {
      problem.value = asProblem(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, attempt }
}
