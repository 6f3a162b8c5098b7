import type { FirstEntry, IntakeKind, RowVerdict } from '../../../db/domain/intake-terms.ts'
import { api, body, sendFiles } from './client.ts'
import type { components, paths } from './schema.d.ts'

export type Intake = components['schemas']['Intake']
type Confirmed = paths['/api/intakes/people/{id}/confirm']['post']['responses'][200]['content']['application/json']
export type FirstSecret = Confirmed['secrets'][number]
export type FirstStep =
  paths['/api/first-steps']['get']['responses'][200]['content']['application/json']['steps'][number]

/** What the pages of 批量导入 ask. The routes of the three kinds of lists are alike, so one stands for all in their types. */
type List = '/api/intakes/units'
const list = (kind: IntakeKind) => `/api/intakes/${kind}` as List
const one = (kind: IntakeKind) => `${list(kind)}/{id}` as `${List}/{id}`

export const latestIntakes = (kind: IntakeKind, signal?: AbortSignal) => body(api.GET(list(kind), { signal }))
export const chooseList = (kind: IntakeKind, file: File) => sendFiles<Intake>(list(kind), [file])
export const pasteList = (kind: IntakeKind, text: string) =>
  body(api.POST(`${list(kind)}/text` as `${List}/text`, { body: { text } }))
export const openStartingSet = (set: { level: 'province' | 'city' | 'county'; place: string; withFormer: boolean }) =>
  body(api.POST('/api/intakes/units/starting-set', { body: set }))
export const fetchIntakeRows = (
  kind: IntakeKind,
  id: number,
  query: { verdict?: RowVerdict; from: number; limit: number },
  signal?: AbortSignal,
) => body(api.GET(`${one(kind)}/rows` as `${List}/{id}/rows`, { params: { path: { id }, query }, signal }))
export const layOutIntake = (kind: IntakeKind, { id, version }: Intake, layout: Partial<Intake['layout']>) =>
  body(
    api.PUT(`${one(kind)}/layout` as `${List}/{id}/layout`, {
      params: { path: { id } },
      body: { version, ...layout },
    }),
  )
export const confirmIntake = (
  kind: IntakeKind,
  { id, version }: Intake,
  said: { leaveOut: number[]; takeIn: number[]; withoutWrong: boolean; assign: boolean; entry: FirstEntry },
) =>
  body(
    api.POST(`${one(kind)}/confirm` as `${List}/{id}/confirm`, {
      params: { path: { id } },
      body: { version, ...said },
    }),
  )
export const fetchIntakeProgress = (kind: IntakeKind, id: number) =>
  body(api.GET(`${one(kind)}/progress` as `${List}/{id}/progress`, { params: { path: { id } } }))
export const undoIntake = (kind: IntakeKind, id: number) =>
  body(api.POST(`${one(kind)}/undo` as `${List}/{id}/undo`, { params: { path: { id } } }))
export const dropIntake = (kind: IntakeKind, { id, version }: Intake) =>
  body(api.DELETE(one(kind), { params: { path: { id }, query: { version } } }))

export const fetchFirstSteps = (signal?: AbortSignal) => body(api.GET('/api/first-steps', { signal }))

export const fetchWelcome = (token: string) => body(api.GET('/api/welcome/{token}', { params: { path: { token } } }))
export const enterByLink = (token: string, password: string) =>
  body(api.POST('/api/welcome/{token}', { params: { path: { token } }, body: { password } }))
