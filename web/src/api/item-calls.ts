import { api, body } from './client.ts'
import type { components, paths } from './schema.d.ts'

export type SourceKind = components['schemas']['SourceKind']
type BodyOf<P extends '/api/items' | '/api/items/list'> = paths[P]['post']['requestBody']['content']['application/json']
export type NewItem = BodyOf<'/api/items'>
type NewList = BodyOf<'/api/items/list'>
/** Where items come from: a source that was typed before, or a new one. */
export type SourceChoice = NewItem['source']

/** What 新建事项 asks of the server. */

export const fetchSourceKinds = (signal?: AbortSignal) => body(api.GET('/api/source-kinds', { signal }))
export const addSourceKind = (title: string) => body(api.POST('/api/source-kinds', { body: { title } }))
export const changeSourceKind = (
  { id, version }: Pick<SourceKind, 'id' | 'version'>,
  changes: { title?: string; archived?: boolean },
) => body(api.PATCH('/api/source-kinds/{id}', { params: { path: { id } }, body: { version, ...changes } }))

/** What the rules read in the words of an item; nothing is stored. */
export const readItem = (text: string, issuedOn: string | null) =>
  body(api.POST('/api/items/read', { body: { text, issuedOn } }))
export const addItem = (item: NewItem) => body(api.POST('/api/items', { body: item }))
export const addItemList = (list: NewList) => body(api.POST('/api/items/list', { body: list }))
