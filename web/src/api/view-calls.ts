import { api, body } from './client.ts'
import type { components } from './schema.d.ts'
import type { TargetQuery } from './types.ts'

export type SavedView = components['schemas']['SavedView']
type ViewChange = Partial<Pick<SavedView, 'name' | 'query' | 'shared'>>

/** Saved views of the ledger, and the ledger as a file. */

export const fetchViews = (signal?: AbortSignal) => body(api.GET('/api/views', { signal }))
export const fetchView = (id: number) => body(api.GET('/api/views/{id}', { params: { path: { id } } }))
export const createView = (view: { name: string; query: string; shared: boolean }) =>
  body(api.POST('/api/views', { body: view }))
export const changeView = (id: number, changes: ViewChange) =>
  body(api.PATCH('/api/views/{id}', { params: { path: { id } }, body: changes }))
export const deleteView = (id: number) => body(api.DELETE('/api/views/{id}', { params: { path: { id } } }))

/** Address of the ledger as a file: the rows that these filters leave, in this order, with these columns (none: all). */
export function exportAddress(query: TargetQuery, format: 'xlsx' | 'csv', columns: readonly string[]): string {
  const fields = Object.entries({ ...query, format, columns: columns.join(',') }).filter(
    ([, value]) => value !== undefined && value !== '',
  )
  return `/api/exports/targets?${new URLSearchParams(fields as [string, string][]).toString()}`
}
