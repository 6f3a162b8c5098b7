import { computed, onBeforeUnmount, ref } from 'vue'
import { cancelImport, fetchImports, startImport } from '../../api/calls.ts'
import { asProblem } from '../../api/problem.ts'
import type { ImportJob } from '../../api/types.ts'
import { tell } from '../../components/tell.ts'

const FINAL = new Set<ImportJob['status']>(['done', 'duplicate', 'failed', 'cancelled'])
const POLL_MS = 1500

export const isFinal = (job: ImportJob) => FINAL.has(job.status)

/** Uploads files and follows their reading: by the server's event stream, and by asking where that is cut off. */
export function useImports(onFinished: () => void) {
  const jobs = ref<ImportJob[]>([])
  const sending = ref<string[]>([])
  let stream: EventSource | null = null
  let timer = 0

  const running = computed(() => jobs.value.filter((job) => !isFinal(job)))

  function take(job: ImportJob) {
    const at = jobs.value.findIndex((one) => one.id === job.id)
    const before = jobs.value[at]
    if (at < 0) jobs.value.unshift(job)
    else jobs.value[at] = job
    if (isFinal(job) && !(before && isFinal(before))) onFinished()
    if (running.value.length === 0) stop()
  }

  function stop() {
    stream?.close()
    stream = null
    window.clearInterval(timer)
    timer = 0
  }

  async function ask() {
    const ids = running.value.map((job) => job.id)
    if (ids.length === 0) return stop()
    try {
      for (const job of (await fetchImports({ ids: ids.join(',') })).items) take(job)
    } catch { /* asked again at the next tick */ }
  }

  function follow() {
    if (!stream) {
      stream = new EventSource('/api/imports/events')
      stream.onmessage = (event) => {
        const job = JSON.parse(String(event.data)) as ImportJob
        if (jobs.value.some((one) => one.id === job.id)) take(job)
      }
    }
    if (timer === 0) timer = window.setInterval(() => { if (stream?.readyState !== EventSource.OPEN) void ask() }, POLL_MS)
  }

  /** Sends files one after another, so that one that is refused does not hold up the rest. */
  async function upload(files: File[]) {
    sending.value = files.map((file) => file.name)
    for (const file of files) {
      try {
        for (const job of (await startImport([file])).items) take(job)
        follow()
        void ask()
      } catch (error) {
        const problem = asProblem(error)
        jobs.value.unshift({
          id: -Date.now() - jobs.value.length, fileName: file.name, size: file.size, status: 'failed', percent: 0, documentsFound: 0, candidatesFound: 0,
          errorCode: problem.code, message: problem.message, fileId: null, createdAt: new Date().toISOString(), finishedAt: new Date().toISOString(),
        })
      }
      sending.value = sending.value.slice(1)
    }
  }

  async function cancel(job: ImportJob) {
    try {
      await cancelImport(job.id)
      await ask()
    } catch (error) {
      tell.problem(asProblem(error))
    }
  }

  const putAway = () => { jobs.value = running.value }

  onBeforeUnmount(stop)
  return { jobs, sending, running, upload, cancel, putAway }
}
