import { computed, onBeforeUnmount, onMounted, ref } from 'vue'
import { cancelImport, fetchImports } from '../../api/calls.ts'
import { ApiProblem, asProblem } from '../../api/problem.ts'
import type { ImportForms, ImportJob } from '../../api/types.ts'
import { toast } from '../../components/toast.ts'
import { faultOf } from './file-faults.ts'
import { followedImports, followImport, leaveImports } from './followed-imports.ts'
import { upload } from './upload.ts'

const FINAL = new Set<ImportJob['status']>(['done', 'duplicate', 'failed', 'cancelled'])
const POLL_MS = 1500

export const isFinal = (job: ImportJob) => FINAL.has(job.status)

/** A file on its way to the server, or waiting for its turn. */
export interface Sending {
  key: number
  file: File
  share: number
  stop: AbortController
}

/**
 * Uploads files and follows their reading: by the server's event stream, and by asking where that is cut off. Those that
 * were begun before the page was left are followed on; of those that have ended meanwhile the failed ones are told.
 * @param accepted what the server takes; null as long as that is not known
 */
export function useImports(accepted: () => ImportForms | null, onFinished: () => void) {
  const jobs = ref<ImportJob[]>([])
  const sending = ref<Sending[]>([])
  let stream: EventSource | null = null
  let timer = 0
  let keys = 0
  let busy = false
  let isGone = false

  const running = computed(() => jobs.value.filter((job) => !isFinal(job)))

  function take(job: ImportJob) {
    const at = jobs.value.findIndex((one) => one.id === job.id)
    const before = jobs.value[at]
    if (at < 0) jobs.value.unshift(job)
    else jobs.value[at] = job
    followImport(job.id)
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
    } catch {
      /* asked again at the next tick */
    }
  }

  async function followOn() {
    const ids = followedImports()
    if (ids.length === 0) return
    try {
      const { items } = await fetchImports({ ids: ids.join(',') })
      const open = items.filter((job) => !isFinal(job) || job.status === 'failed')
      leaveImports(ids.filter((id) => !open.some((job) => job.id === id)))
      jobs.value.push(...open.filter((job) => !jobs.value.some((one) => one.id === job.id)))
      if (running.value.length > 0) follow()
    } catch {
      /* the list of documents tells what is wrong */
    }
  }

  function follow() {
    if (isGone) return
    if (!stream) {
      stream = new EventSource('/api/imports/events')
      // What ended while the line was broken, over a restart of the server, is not told again.
      stream.onopen = () => void ask()
      stream.onmessage = (event) => {
        const job = JSON.parse(String(event.data)) as ImportJob
        if (jobs.value.some((one) => one.id === job.id)) take(job)
      }
    }
    if (timer === 0)
      timer = window.setInterval(() => {
        if (stream?.readyState !== EventSource.OPEN) void ask()
      }, POLL_MS)
  }

  /** A file that never became a job of the server's. */
  function refuse({ name, size }: File, code: string, message: string, status: ImportJob['status'] = 'failed') {
    const now = new Date().toISOString()
    jobs.value.unshift({
      id: --keys,
      purpose: 'import',
      fileName: name,
      size,
      status,
      percent: 0,
      scan: null,
      documentsFound: 0,
      candidatesFound: 0,
      errorCode: code,
      message,
      fileId: null,
      documentId: null,
      createdAt: now,
      finishedAt: now,
    })
  }

  /** Sends files one after another, so that one that is refused does not hold up the rest; more may come meanwhile. */
  async function add(files: File[]) {
    for (const file of files) {
      const fault = faultOf(file, accepted())
      if (fault !== null) refuse(file, 'refused', fault)
      else sending.value.push({ key: --keys, file, share: 0, stop: new AbortController() })
    }
    if (busy) return
    busy = true
    for (let next = sending.value[0]; next; next = sending.value[0]) {
      const {
        file,
        stop: { signal },
        key,
      } = next
      try {
        if (signal.aborted) throw new ApiProblem(0, 'cancelled', '已取消上传')
        for (const job of await upload(file, signal, (share) => {
          next!.share = share
        }))
          take(job)
        follow()
        void ask()
      } catch (error) {
        const { code, message } = asProblem(error)
        refuse(file, code, message, code === 'cancelled' ? 'cancelled' : 'failed')
      }
      sending.value = sending.value.filter((one) => one.key !== key)
    }
    busy = false
  }

  async function cancel(job: ImportJob) {
    try {
      await cancelImport(job.id)
      await ask()
    } catch (error) {
      toast.problem(asProblem(error))
    }
  }

  const putAway = () => {
    leaveImports(jobs.value.filter(isFinal).map((job) => job.id))
    jobs.value = running.value
  }
  /** An import that was undone has nothing more to offer. */
  const forget = (job: ImportJob) => {
    leaveImports([job.id])
    jobs.value = jobs.value.filter((one) => one.id !== job.id)
  }

  onMounted(() => void followOn())
  onBeforeUnmount(() => {
    isGone = true
    stop()
  })
  return { jobs, sending, running, upload: add, cancel, putAway, forget }
}
