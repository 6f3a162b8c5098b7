import { api, body } from './client.ts'
import type { components, paths } from './schema.d.ts'

export type Candidate = components['schemas']['Candidate']
export type VersionComparison = components['schemas']['VersionComparison']
type ReviewQuery = NonNullable<paths['/api/review']['get']['parameters']['query']>
export type MendFields = Omit<
  paths['/api/targets/{id}']['patch']['requestBody']['content']['application/json'],
  'version'
>
type NewTarget = paths['/api/targets']['post']['requestBody']['content']['application/json']

/** What 校核 asks of the server beside its steps. */

export const fetchCandidates = (query: ReviewQuery, signal?: AbortSignal) =>
  body(api.GET('/api/review', { params: { query }, signal }))
export const fetchDuplicates = (targetId: number, signal?: AbortSignal) =>
  body(api.GET('/api/review/duplicates', { params: { query: { targetId, limit: 20 } }, signal }))
export const mendTarget = (id: number, version: number, fields: MendFields) =>
  body(api.PATCH('/api/targets/{id}', { params: { path: { id } }, body: { ...fields, version } }))
export const addTarget = (target: NewTarget) => body(api.POST('/api/targets', { body: target }))
/** Longest text of names in one address: they grow ninefold there, and an address of more than 16 KB is refused. */
const ADDRESS_CHARACTERS = 800

/** Units that names may mean, likeliest first, by name. Of very many names only the first are asked for. */
export async function fetchProposals(names: readonly string[], signal?: AbortSignal) {
  let length = 0
  const name = names.filter((one) => (length += one.length) <= ADDRESS_CHARACTERS).slice(0, 100)
  const { items } = await body(api.GET('/api/review/names', { params: { query: { name } }, signal }))
  return new Map(items.map((item) => [item.name, item.proposals]))
}

/** The one question for all names that say no place. */
export const fetchHomeQuestion = (place?: string, signal?: AbortSignal) =>
  body(api.GET('/api/review/home', { params: { query: { place } }, signal }))
export const settleHome = (place: string, create: string[]) =>
  body(api.POST('/api/review/home', { body: { place, create } }))

export const fetchVersions = (id: number, signal?: AbortSignal) =>
  body(api.GET('/api/targets/{id}/versions', { params: { path: { id } }, signal }))
