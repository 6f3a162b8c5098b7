import { guardedFetch } from '../../api/guarded-fetch.ts'
import { offline, toProblem } from '../../api/problem.ts'
import { NotShown } from './not-shown.ts'

export const originalAddress = (fileId: number) => `/api/files/${fileId}/original`

/** Bytes that have come, of so many; null where the server did not say. */
export interface Progress {
  got: number
  of: number | null
}

/**
 * The bytes of an original, from the route that sends it as an attachment.
 * @param most more bytes than this are not fetched: {@link NotShown} `too-large`
 * @throws {ApiProblem} as any call; offline where the line breaks off in the middle
 */
export async function fetchOriginal(
  fileId: number,
  most: number,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Uint8Array> {
  const response = await guardedFetch(
    new Request(new URL(originalAddress(fileId), window.location.origin).href, { signal }),
  )
  if (!response.ok) throw toProblem(response.status, await response.json().catch(() => null))
  const length = Number(response.headers.get('content-length'))
  const of = length > 0 ? length : null
  if (of !== null && of > most) {
    void response.body?.cancel()
    throw new NotShown('too-large')
  }
  const pieces: Uint8Array[] = []
  let got = 0
  const reader = response.body!.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw signal.aborted ? error : offline()
    })
    if (done) break
    pieces.push(value)
    got += value.length
    onProgress({ got, of })
  }
  const bytes = new Uint8Array(got)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}
