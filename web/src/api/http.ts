import { guardedFetch } from './guarded-fetch.ts'
import { toProblem } from './problem.ts'

export type Query = Record<string, string | number | boolean | null | undefined>

async function send<T>(method: string, path: string, options: { query?: Query, body?: unknown, signal?: AbortSignal } = {}): Promise<T> {
  const url = new URL(path, window.location.origin)
  for (const [key, value] of Object.entries(options.query ?? {})) if (value !== undefined && value !== null && value !== '') url.searchParams.set(key, String(value))
  const init: RequestInit = { method, signal: options.signal ?? null }
  if (options.body instanceof FormData) init.body = options.body
  else if (options.body !== undefined) Object.assign(init, { body: JSON.stringify(options.body), headers: { 'content-type': 'application/json' } })
  const response = await guardedFetch(new Request(url.href, init))
  const body: unknown = response.status === 204 ? null : await response.json().catch(() => null)
  if (!response.ok) throw toProblem(response.status, body)
  return body as T
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal) => send<T>('GET', path, { query, signal })
export const post = <T>(path: string, body?: unknown) => send<T>('POST', path, { body })
export const patch = <T>(path: string, body: unknown) => send<T>('PATCH', path, { body })
export const remove = <T>(path: string) => send<T>('DELETE', path)
