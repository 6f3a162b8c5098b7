import createClient from 'openapi-fetch'
import { guardedFetch } from './guarded-fetch.ts'
import { toProblem } from './problem.ts'
import type { paths } from './schema.d.ts'

/** The client of the API, typed by the server's own description of it (`npm run client` writes schema.d.ts). */
export const api = createClient<paths>({ baseUrl: window.location.origin, fetch: guardedFetch })

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The body of a good answer; throws an {@link ApiProblem} for any other. */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw toProblem(response.status, error)
  return data as T
}

/** Sends files. The description of the API has no types for a multipart body, so the answer's is named here. */
export async function sendFiles<T>(path: string, files: File[], fields: Record<string, string> = {}): Promise<T> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  for (const file of files) form.append('files', file, file.name)
  const response = await guardedFetch(
    new Request(new URL(path, window.location.origin).href, { method: 'POST', body: form }),
  )
  const answer: unknown = await response.json().catch(() => null)
  if (!response.ok) throw toProblem(response.status, answer)
  return answer as T
}
