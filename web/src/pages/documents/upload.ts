import { startImport } from '../../api/calls.ts'
import { ApiProblem, offline, toProblem } from '../../api/problem.ts'
import type { ImportJob } from '../../api/types.ts'

/**
 * Sends one file and tells how much of it has gone; fetch cannot tell that.
 * @throws {ApiProblem} as any call; `cancelled` where the signal stopped it
 */
export async function upload(file: File, signal: AbortSignal, onSent: (share: number) => void): Promise<ImportJob[]> {
  const answer = await new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const request = new XMLHttpRequest()
    const form = new FormData()
    form.append('files', file, file.name)
    request.open('POST', '/api/imports')
    request.setRequestHeader('x-requested-with', 'zhengbiao')
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onSent(total > 0 ? loaded / total : 0)
    request.onload = () => resolve({ status: request.status, body: request.response })
    request.onerror = () => reject(offline())
    request.onabort = () => reject(new ApiProblem(0, 'cancelled', '已取消上传'))
    signal.addEventListener('abort', () => request.abort())
    request.send(form)
  })
  // The session has ended: this way asks for a new sign-in and sends it again.
  if (answer.status === 401) return (await startImport([file])).items
  if (answer.status >= 300) throw toProblem(answer.status, answer.body)
  return (answer.body as { items: ImportJob[] }).items
}
