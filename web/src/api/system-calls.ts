import { api, body } from './client.ts'
import type { components, paths } from './schema.d.ts'

type Schemas = components['schemas']
type QueryOf<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never
type BodyOf<Op> = Op extends { requestBody: { content: { 'application/json': infer B } } } ? B : never

export type Unit = Schemas['Unit']
export type User = Schemas['User']
export type Settings = Schemas['Settings']
export type AuditRecord = Schemas['AuditRecord']
export type Delivery = Schemas['Delivery']
export type Channel = Schemas['Channel']
export type ChannelBody = BodyOf<paths['/api/channels']['put']>
export type MessageChoices = Schemas['MessageChoices']
type AuditQuery = QueryOf<'/api/audit'>
type NewUnit = BodyOf<paths['/api/units']['post']>
type UnitChange = BodyOf<paths['/api/units/{id}']['patch']>
type NewUser = BodyOf<paths['/api/users']['post']>
type UserChange = BodyOf<paths['/api/users/{id}']['patch']>
export type SettingsChange = BodyOf<paths['/api/settings']['put']>

/** What the administrator asks of the server. */

export const createUnit = (unit: NewUnit) => body(api.POST('/api/units', { body: unit }))
export const changeUnit = (id: number, change: UnitChange) =>
  body(api.PATCH('/api/units/{id}', { params: { path: { id } }, body: change }))
export const addAlias = (id: number, name: string) =>
  body(api.POST('/api/units/{id}/aliases', { params: { path: { id } }, body: { name } }))
export const removeAlias = (id: number, aliasId: number) =>
  body(api.DELETE('/api/units/{id}/aliases/{aliasId}', { params: { path: { id, aliasId } } }))

export const fetchUsers = (signal?: AbortSignal) => body(api.GET('/api/users', { signal }))
export const createUser = (user: NewUser) => body(api.POST('/api/users', { body: user }))
export const changeUser = (id: number, change: UserChange) =>
  body(api.PATCH('/api/users/{id}', { params: { path: { id } }, body: change }))
export const resetPassword = (id: number) => body(api.POST('/api/users/{id}/reset', { params: { path: { id } } }))
export const resetSecondFactor = (id: number) =>
  body(api.DELETE('/api/users/{id}/second-factor', { params: { path: { id } } }))
export const endSessions = (id: number) => body(api.DELETE('/api/users/{id}/sessions', { params: { path: { id } } }))

export const fetchSettings = (signal?: AbortSignal) => body(api.GET('/api/settings', { signal }))
export const changeSettings = (change: SettingsChange) => body(api.PUT('/api/settings', { body: change }))

export const fetchAudit = (query: AuditQuery, signal?: AbortSignal) =>
  body(api.GET('/api/audit', { params: { query }, signal }))
export const verifyAudit = () => body(api.GET('/api/audit/verify'))

export const fetchDisk = (signal?: AbortSignal) => body(api.GET('/api/disk', { signal }))

export const fetchBackups = (signal?: AbortSignal) => body(api.GET('/api/backups', { signal }))
export const createBackup = () => body(api.POST('/api/backups'))

export const fetchDeliveries = (query: QueryOf<'/api/deliveries'>, signal?: AbortSignal) =>
  body(api.GET('/api/deliveries', { params: { query }, signal }))

export const fetchChannels = (signal?: AbortSignal) => body(api.GET('/api/channels', { signal }))
export const changeChannel = (change: ChannelBody) => body(api.PUT('/api/channels', { body: change }))
export const removeChannel = (channel: Channel['channel']) =>
  body(api.DELETE('/api/channels/{channel}', { params: { path: { channel } } }))
/** Sends a test message; `to` is for mail alone, null for one's own address. */
export const testChannel = (channel: Channel['channel'], to: string | null) =>
  body(api.POST('/api/channels/{channel}/test', { params: { path: { channel } }, body: { to } }))

/** What comes how, of the person who asks. */
export const fetchChoices = (signal?: AbortSignal) => body(api.GET('/api/message-choices', { signal }))
export const changeChoices = (choices: MessageChoices['choices']) =>
  body(api.PUT('/api/message-choices', { body: { choices } }))
