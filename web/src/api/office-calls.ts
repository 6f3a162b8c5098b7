import { api, body, sendFiles } from './client.ts'
import type { components, paths } from './schema.d.ts'

type Schemas = components['schemas']
type QueryOf<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never

export type Attachment = Schemas['Attachment']
export type Report = Schemas['Report']
export type TargetBrief = Schemas['TargetBrief']
export type ReportRow = Schemas['ReportRow']
export type RequestRow = Schemas['RequestRow']
export type OrderRow = Schemas['OrderRow']
export type ProblemRow = Schemas['ProblemRow']
export type UrgeRow = Schemas['UrgeRow']
export type OrderProposal = Schemas['OrderProposal']
export type Today = Schemas['Today']
export type Difference = Schemas['SourceDifferences']['items'][number]
export type Tasks = Schemas['Tasks']
export type TaskItem = Tasks['toSign'][number]
export type Notification = Schemas['Notification']
export type Unit = Schemas['Unit']

/** What the supervising office and the departments ask of the server beside the targets themselves. */

export const fetchTasks = (signal?: AbortSignal) => body(api.GET('/api/tasks', { signal }))

type ListQuery = QueryOf<'/api/supervision/reports'>
export const fetchReports = (query: ListQuery, signal?: AbortSignal) =>
  body(api.GET('/api/supervision/reports', { params: { query }, signal }))
export const fetchRequests = (query: ListQuery, signal?: AbortSignal) =>
  body(api.GET('/api/supervision/requests', { params: { query }, signal }))
export const fetchOrders = (query: ListQuery, signal?: AbortSignal) =>
  body(api.GET('/api/supervision/orders', { params: { query }, signal }))
export const fetchOrder = (id: number, signal?: AbortSignal) =>
  body(api.GET('/api/orders/{id}', { params: { path: { id } }, signal }))
export const fetchToday = (signal?: AbortSignal) => body(api.GET('/api/supervision/today', { signal }))
export const fetchProposals = (query: QueryOf<'/api/supervision/order-proposals'>, signal?: AbortSignal) =>
  body(api.GET('/api/supervision/order-proposals', { params: { query }, signal }))
/** As they were seen: a proposal that somebody changed meanwhile is refused. */
const seen = (proposals: readonly OrderProposal[]) => proposals.map(({ id, version }) => ({ id, version }))
export const issueProposals = (proposals: readonly OrderProposal[], together: boolean) =>
  body(api.POST('/api/order-proposals/issue', { body: { items: seen(proposals), together } }))
export const dismissProposals = (proposals: readonly OrderProposal[], reason: string) =>
  body(api.POST('/api/order-proposals/dismiss', { body: { items: seen(proposals), reason } }))
export const approveProposals = (proposals: readonly OrderProposal[]) =>
  body(api.POST('/api/order-proposals/approve', { body: { items: seen(proposals) } }))
export const editProposal = (
  { id, version }: OrderProposal,
  changes: { text?: string; color?: OrderProposal['color']; dueOn?: string | null },
) => body(api.PATCH('/api/order-proposals/{id}', { params: { path: { id } }, body: { version, ...changes } }))

export const fetchProblems = (query: ListQuery, signal?: AbortSignal) =>
  body(api.GET('/api/supervision/problems', { params: { query }, signal }))
export const fetchUrges = (query: ListQuery, signal?: AbortSignal) =>
  body(api.GET('/api/supervision/urges', { params: { query }, signal }))
export const fetchDifferences = (signal?: AbortSignal) => body(api.GET('/api/supervision/differences', { signal }))

export type Breakdown = Schemas['Breakdown']
/** Parts of a target with what they came to by a day. */
export const fetchBreakdown = (id: number, asOf: string, signal?: AbortSignal) =>
  body(api.GET('/api/targets/{id}/breakdown', { params: { path: { id }, query: { asOf } }, signal }))

export const fetchPeople = (signal?: AbortSignal) => body(api.GET('/api/people', { signal }))
export const fetchUnits = (signal?: AbortSignal) => body(api.GET('/api/units', { signal }))
export const nameUnit = (answer: { name: string; unitId?: number; create?: 'unit' | 'group' }) =>
  body(api.POST('/api/review/names', { body: answer }))

/** What was stored, and what was not and why. */
export interface EvidenceAnswer {
  items: Attachment[]
  refused: { name: string; message: string }[]
}
/** Where evidence is sent: to a draft report, or for the form about a target or a 批示 that is open. */
export type EvidencePath = `/api/${'reports' | 'targets' | 'instructions'}/${number}/attachments`
export const uploadEvidence = (path: EvidencePath, files: File[]) => sendFiles<EvidenceAnswer>(path, files)
export const removeEvidence = (id: number) => body(api.DELETE('/api/attachments/{id}', { params: { path: { id } } }))

export type ReportImport = Schemas['ReportImport']
/** Checks a filled template; stores all of it where nothing is wrong, or as the options say. */
export const importReports = (
  file: File,
  { confirm = false, partial = false }: { confirm?: boolean; partial?: boolean } = {},
) => sendFiles<ReportImport>(`/api/reports/import?confirm=${confirm}&partial=${partial}`, [file])

type NotificationQuery = QueryOf<'/api/notifications'>
export const fetchNotifications = (query: NotificationQuery, signal?: AbortSignal) =>
  body(api.GET('/api/notifications', { params: { query }, signal }))
/** Marks these as read, or all of them where none are named. */
export const markRead = (ids?: number[]) => body(api.POST('/api/notifications/read', { body: ids ? { ids } : {} }))
