import { onBeforeUnmount, ref } from 'vue'
import { type Attachment, type EvidencePath, removeEvidence, uploadEvidence } from '../api/office-calls.ts'

/**
 * Evidence of a form, of a target or of a 批示. It is uploaded to `path` before the form is sent; where the form is closed without
 * being sent it is taken away again, and what a closed window leaves behind the server sweeps away by itself.
 */
export function useEvidence(path: EvidencePath) {
  const files = ref<Attachment[]>([])
  const uploading = ref(false)
  const uploaded: number[] = []
  let last: Promise<unknown> = Promise.resolve()
  let sent = false

  function upload(chosen: File[]) {
    const call = uploadEvidence(path, chosen)
    last = call.then(
      ({ items }) => uploaded.push(...items.map(({ id }) => id)),
      () => {},
    )
    return call
  }

  onBeforeUnmount(async () => {
    await last
    if (!sent) await Promise.allSettled(uploaded.map((id) => removeEvidence(id)))
  })

  return {
    files,
    uploading,
    upload,
    /** What goes along with the step. */
    ids: () => files.value.map(({ id }) => id),
    /** The form has been sent: the files belong to its record now. */
    keep: () => {
      sent = true
    },
  }
}
