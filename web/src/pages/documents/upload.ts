import { startImport } from '../../api/calls.ts'
import { ApiProblem, offline, toProblem } from '../../api/problem.ts'
import type { ImportJob } from '../../api/types.ts'

/** Largest file that the server takes, in bytes. */
const MOST = 50 * 1024 * 1024
const ACCEPTED = /\.(?:txt|md|markdown|html?|docx|pdf)$/i
const OLD_WORD = /\.(?:doc|wps)$/i

/** What can be said of a file before it is sent; null where nothing is wrong with it. The server looks at what is in it. */
export function faultOf({ name, size }: Pick<File, 'name' | 'size'>): string | null {
  if (OLD_WORD.test(name)) return `《${name}》是旧版 Word 或 WPS 文件，请另存为 docx 后再导入。`
  if (/\.[^.]+$/.test(name) && !ACCEPTED.test(name)) return `《${name}》不是可以导入的文件类型，请选择 txt、md、html、docx 或文字版 pdf 文件。`
  if (size > MOST) return `《${name}》超过 50 MB，请拆分后再导入。`
  if (size === 0) return `《${name}》是空文件，请检查后重新选择。`
  return null
}

/**
 * Sends one file and tells how much of it has gone; fetch cannot tell that.
 * @throws {ApiProblem} as any call; `cancelled` where the signal stopped it
 */
export async function upload(file: File, signal: AbortSignal, onSent: (share: number) => void): Promise<ImportJob[]> {
  const answer = await new Promise<{ status: number, body: unknown }>((resolve, reject) => {
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
