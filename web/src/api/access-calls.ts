import { api, body } from './client.ts'
import type { components, paths } from './schema.d.ts'

export type ApiToken = components['schemas']['ApiToken']
type NewToken = paths['/api/tokens']['post']['requestBody']['content']['application/json']

/** How people and other programs come in beside a name and a password. */

export const fetchSignInWays = (signal?: AbortSignal) => body(api.GET('/api/session/ways', { signal }))
export const beginProviderSignIn = () => body(api.POST('/api/session/provider'))
export const endProviderSignIn = (query: string) => body(api.POST('/api/session/provider/end', { body: { query } }))

export const fetchTokens = (signal?: AbortSignal) => body(api.GET('/api/tokens', { signal }))
export const createToken = (token: NewToken) => body(api.POST('/api/tokens', { body: token }))
export const revokeToken = (id: number) => body(api.DELETE('/api/tokens/{id}', { params: { path: { id } } }))
