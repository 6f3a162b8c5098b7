import { api, body } from './client.ts'
import type { components } from './schema.d.ts'

export type SearchHit = components['schemas']['SearchHit']

/** Everything that the person may see in which the words stand, by kind. */
export const searchAll = (q: string, signal?: AbortSignal) =>
  body(api.GET('/api/search', { params: { query: { q } }, signal }))
