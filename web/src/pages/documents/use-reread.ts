import { onScopeDispose, ref, shallowRef } from 'vue'
import { cancelImport, confirmReread, dropReread, fetchImport, fetchReread, startReread } from '../../api/calls.ts'
import { ApiProblem, asProblem } from '../../api/problem.ts'
import type { ImportJob, Reread } from '../../api/types.ts'
import { isFinal } from './use-imports.ts'

const POLL_MS = 500

/** 重新读取 of one file, from the first look to the change: reads, shows, waits for a yes, follows the work. */
export function useReread(fileId: number) {
  const job = ref<ImportJob | null>(null)
  const found = shallowRef<Reread | null>(null)
  const problem = shallowRef<ApiProblem | null>(null)
  /** Said at the end: nothing to change, or what was changed. */
  const outcome = ref<string | null>(null)
  let gone = false
  onScopeDispose(() => {
    gone = true
  })

  /** Waits for the job's end; throws what it failed with. */
  async function follow(started: ImportJob): Promise<ImportJob> {
    job.value = started
    while (!isFinal(job.value)) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      if (gone) return job.value
      job.value = await fetchImport(started.id)
    }
    const { status, errorCode, message } = job.value
    if (status === 'failed') throw new ApiProblem(409, errorCode ?? 'failed', '没有完成', message ?? '')
    return job.value
  }

  /** Reads the original, unless what an earlier reading found still waits. */
  async function begin(): Promise<void> {
    problem.value = null
    try {
      found.value = await fetchReread(fileId)
      if (found.value === null) await read()
    } catch (error) {
      problem.value = asProblem(error)
    }
  }

  async function read(): Promise<void> {
    const { status, message } = await follow(await startReread(fileId))
    if (gone || status === 'cancelled') return
    found.value = await fetchReread(fileId)
    if (found.value === null) outcome.value = message
  }

  /** Reads once more, whatever an earlier reading found. */
  async function again(): Promise<void> {
    problem.value = null
    found.value = null
    try {
      await read()
    } catch (error) {
      problem.value = asProblem(error)
    }
  }

  /** Resolves to whether the file has changed. */
  async function confirm(): Promise<boolean> {
    if (found.value === null) return false
    problem.value = null
    try {
      const { message, status } = await follow(await confirmReread(fileId, found.value.digest))
      if (status === 'cancelled') return false
      outcome.value = message
      found.value = null
      return true
    } catch (error) {
      problem.value = asProblem(error)
      found.value = await fetchReread(fileId).catch(() => null) // as it has become
      return false
    }
  }

  /** Resolves to whether what was found is thrown away. */
  async function drop(): Promise<boolean> {
    problem.value = null
    try {
      await dropReread(fileId)
      return true
    } catch (error) {
      problem.value = asProblem(error)
      return false
    }
  }
  async function cancel(): Promise<void> {
    // It may have ended this very moment.
    if (job.value && !isFinal(job.value)) await cancelImport(job.value.id).catch(() => null)
  }

  return { job, found, problem, outcome, begin, again, confirm, drop, cancel }
}
