import { api, body } from './client.ts'
import type { components } from './schema.d.ts'

type Schemas = components['schemas']
export type Bulletin = Schemas['Bulletin']
export type BulletinRow = Schemas['BulletinRow']
export type Words = Bulletin['words']
export type RankingRow = Schemas['RankingRow']
export type Ranking = Schemas['Ranking']
export type RankingAppeal = Schemas['RankingAppeal']

/** 通报 and 考核排名. */

export const fetchBulletins = (cursor?: string, signal?: AbortSignal) =>
  body(api.GET('/api/bulletins', { params: { query: { limit: 50, cursor } }, signal }))
export const fetchBulletin = (id: number, signal?: AbortSignal) =>
  body(api.GET('/api/bulletins/{id}', { params: { path: { id } }, signal }))
export const makeBulletin = (period: string) => body(api.POST('/api/bulletins', { body: { period } }))
export const changeBulletin = (id: number, change: { version: number; title?: string; words?: Partial<Words> }) =>
  body(api.PATCH('/api/bulletins/{id}', { params: { path: { id } }, body: change }))
export const refreshBulletin = (id: number, version: number) =>
  body(api.POST('/api/bulletins/{id}/refresh', { params: { path: { id } }, body: { version } }))
export const issueBulletin = (id: number, version: number) =>
  body(api.POST('/api/bulletins/{id}/issue', { params: { path: { id } }, body: { version } }))
export const fetchRanking = (period: string, signal?: AbortSignal) =>
  body(api.GET('/api/rankings', { params: { query: { period } }, signal }))
export const appealRanking = (period: string, text: string) =>
  body(api.POST('/api/rankings/{period}/appeals', { params: { path: { period } }, body: { text } }))
export const answerAppeal = (
  { id, version }: RankingAppeal,
  given: { status: 'upheld' | 'rejected'; answer: string; correctedScore: number | null },
) => body(api.POST('/api/ranking-appeals/{id}/answer', { params: { path: { id } }, body: { version, ...given } }))
