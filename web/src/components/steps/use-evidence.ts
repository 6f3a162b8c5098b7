import { onBeforeUnmount, ref } from 'vue'
import { removeEvidence, uploadEvidence, type Attachment } from '../../api/office-calls.ts'

/**
 * Evidence of a step's form. It is uploaded for the target before the form is sent; where the form is closed without
 * being sent it is taken away again, and what a closed window leaves behind the server sweeps away by itself.
 */
export function useEvidence(targetId: number) {
  const files = ref<Attachment[]>([])
  const uploading = ref(false)
  const uploaded: number[] = []
  let last: Promise<unknown> = Promise.resolve()
  let sent = false

  function upload(chosen: File[]) {
    const call = uploadEvidence(`/api/targets/${targetId}/attachments`, chosen)
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
