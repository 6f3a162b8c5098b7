import { get, post, remove, type Query } from './http.ts'
import type { DocumentDetail, DocumentRow, DocumentText, Facets, Finding, ImportJob, Me, Overview, Page, TargetDetail, TargetRow } from './types.ts'

export const fetchMe = () => get<Me>('/api/session')
export const signIn = (username: string, password: string) => post<Me>('/api/session', { username, password })
export const signOut = () => remove<null>('/api/session')
export const changePassword = (current: string, next: string) => post<null>('/api/session/password', { current, next })
export const fetchSetup = (token: string) => get<unknown>(`/api/setup/${encodeURIComponent(token)}`)
export const setUp = (token: string, body: { username: string, displayName: string, password: string }) => post<unknown>(`/api/setup/${encodeURIComponent(token)}`, body)

export const fetchOverview = (query: Query, signal?: AbortSignal) => get<Overview>('/api/overview', query, signal)
export const fetchTargets = (query: Query, signal?: AbortSignal) => get<Page<TargetRow>>('/api/targets', query, signal)
export const fetchFacets = (query: Query, signal?: AbortSignal) => get<Facets>('/api/targets/facets', query, signal)
export const fetchTarget = (id: number, asOf: string | undefined, signal?: AbortSignal) => get<TargetDetail>(`/api/targets/${id}`, { asOf }, signal)

export const fetchDocuments = (query: Query, signal?: AbortSignal) => get<Page<DocumentRow>>('/api/documents', query, signal)
export const fetchDocument = (id: number, asOf?: string, signal?: AbortSignal) => get<DocumentDetail>(`/api/documents/${id}`, { asOf }, signal)
export const fetchDocumentText = (id: number, signal?: AbortSignal) => get<DocumentText>(`/api/documents/${id}/text`, {}, signal)
export const fetchFindings = (id: number, asOf?: string, signal?: AbortSignal) => get<{ items: Finding[] }>(`/api/documents/${id}/findings`, { asOf }, signal)

export const fetchImports = (query: Query) => get<Page<ImportJob>>('/api/imports', query)
export const startImport = (files: File[]) => {
  const form = new FormData()
  for (const file of files) form.append('files', file, file.name)
  return post<{ items: ImportJob[] }>('/api/imports', form)
}
export const cancelImport = (id: number) => remove<null>(`/api/imports/${id}`)
