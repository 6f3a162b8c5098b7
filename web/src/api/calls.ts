import { api, body, sendFiles } from './client.ts'
import type {
  DocumentQuery,
  FacetQuery,
  HeadBody,
  ImportJob,
  ImportQuery,
  OverviewQuery,
  TargetQuery,
} from './types.ts'

/** What the pages ask of the server. Each throws an ApiProblem where it is refused. */

export const fetchMe = () => body(api.GET('/api/session'))
/** @param code of the authenticator, where the person has one; the server says so */
export const signIn = (username: string, password: string, code?: string) =>
  body(api.POST('/api/session', { body: { username, password, code } }))
export const signOut = () => body(api.DELETE('/api/session'))
export const changePassword = (current: string, next: string) =>
  body(api.POST('/api/session/password', { body: { current, next } }))
export const fetchSecondFactor = (signal?: AbortSignal) => body(api.GET('/api/session/second-factor', { signal }))
export const beginSecondFactor = (password: string) =>
  body(api.POST('/api/session/second-factor', { body: { password } }))
export const confirmSecondFactor = (code: string) =>
  body(api.POST('/api/session/second-factor/confirm', { body: { code } }))
export const newRecoveryCodes = (password: string, code: string) =>
  body(api.POST('/api/session/second-factor/recovery-codes', { body: { password, code } }))
export const endSecondFactor = (password: string, code: string) =>
  body(api.POST('/api/session/second-factor/off', { body: { password, code } }))
export const fetchSetup = (token: string) => body(api.GET('/api/setup/{token}', { params: { path: { token } } }))
export const setUp = (token: string, first: { username: string; displayName: string; password: string }) =>
  body(api.POST('/api/setup/{token}', { params: { path: { token } }, body: first }))

export const fetchOverview = (query: OverviewQuery, signal?: AbortSignal) =>
  body(api.GET('/api/overview', { params: { query }, signal }))
export const fetchTargets = (query: TargetQuery, signal?: AbortSignal) =>
  body(api.GET('/api/targets', { params: { query }, signal }))
export const fetchFacets = (query: FacetQuery, signal?: AbortSignal) =>
  body(api.GET('/api/targets/facets', { params: { query }, signal }))
export const fetchTarget = (id: number, asOf?: string, signal?: AbortSignal) =>
  body(api.GET('/api/targets/{id}', { params: { path: { id }, query: { asOf } }, signal }))

export const fetchDocuments = (query: DocumentQuery, signal?: AbortSignal) =>
  body(api.GET('/api/documents', { params: { query }, signal }))
export const fetchDocument = (id: number, asOf?: string, signal?: AbortSignal) =>
  body(api.GET('/api/documents/{id}', { params: { path: { id }, query: { asOf } }, signal }))
export const fetchDocumentText = (id: number, signal?: AbortSignal) =>
  body(api.GET('/api/documents/{id}/text', { params: { path: { id } }, signal }))
export const fetchFindings = (id: number, asOf?: string, signal?: AbortSignal) =>
  body(api.GET('/api/documents/{id}/findings', { params: { path: { id }, query: { asOf } }, signal }))

/** Where words of a file's text stand on its original. */
export const fetchPlaces = (fileId: number, query: { start: number; end: number }, signal?: AbortSignal) =>
  body(api.GET('/api/files/{id}/places', { params: { path: { id: fileId }, query }, signal }))
export const fetchSheets = (fileId: number, signal?: AbortSignal) =>
  body(api.GET('/api/files/{id}/sheets', { params: { path: { id: fileId } }, signal }))
export const fetchSheetPage = (fileId: number, sheet: number, page: number, signal?: AbortSignal) =>
  body(
    api.GET('/api/files/{id}/sheets/{sheet}/pages/{page}', { params: { path: { id: fileId, sheet, page } }, signal }),
  )

export const fetchMine = (asOf: string, signal?: AbortSignal) =>
  body(api.GET('/api/overview/mine', { params: { query: { asOf } }, signal }))
export const fetchImportForms = (signal?: AbortSignal) => body(api.GET('/api/imports/forms', { signal }))
export const fetchImports = (query: ImportQuery) => body(api.GET('/api/imports', { params: { query } }))
export const startImport = (files: File[]) => sendFiles<{ items: ImportJob[] }>('/api/imports', files)
export const cancelImport = (id: number) => body(api.DELETE('/api/imports/{id}', { params: { path: { id } } }))
export const undoImport = (fileId: number) => body(api.DELETE('/api/files/{id}', { params: { path: { id: fileId } } }))

export const setHead = (id: number, head: HeadBody) =>
  body(api.PUT('/api/documents/{id}/head', { params: { path: { id } }, body: head }))
export const undoHead = (id: number, version: number) =>
  body(api.POST('/api/documents/{id}/head/undo', { params: { path: { id } }, body: { version } }))
export const fetchHeadHistory = (id: number, signal?: AbortSignal) =>
  body(api.GET('/api/documents/{id}/head/history', { params: { path: { id } }, signal }))

export const fetchImport = (id: number) => body(api.GET('/api/imports/{id}', { params: { path: { id } } }))
export const startReread = (fileId: number) =>
  body(api.POST('/api/files/{id}/reread', { params: { path: { id: fileId } } }))
export const fetchReread = async (fileId: number) =>
  (await body(api.GET('/api/files/{id}/reread', { params: { path: { id: fileId } } }))).item
export const confirmReread = (fileId: number, digest: string) =>
  body(api.POST('/api/files/{id}/reread/confirm', { params: { path: { id: fileId } }, body: { digest } }))
export const dropReread = (fileId: number) =>
  body(api.DELETE('/api/files/{id}/reread', { params: { path: { id: fileId } } }))
