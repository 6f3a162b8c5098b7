/** Short names for the generated types; nothing here is written by hand. */
import type { components, paths } from './schema.d.ts'

type Schemas = components['schemas']
type QueryOf<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never

export type Me = Schemas['Me']
export type ImportJob = Schemas['ImportJob']
/** What can be imported. */
export type ImportForms = paths['/api/imports/forms']['get']['responses'][200]['content']['application/json']
export type DocumentRow = Schemas['DocumentRow']
export type DocumentDetail = Schemas['DocumentDetail']
export type HeadBody = NonNullable<
  paths['/api/documents/{id}/head']['put']['requestBody']
>['content']['application/json']
export type Reread = Schemas['Reread']
export type RereadChanges = Schemas['RereadChanges']
export type Finding = Schemas['Finding']
export type FilePlaces = Schemas['FilePlaces']
export type SheetSummary = Schemas['SheetSummary']
export type SheetPage = Schemas['SheetPage']
export type SheetRow = Schemas['SheetRow']
export type DocumentText = paths['/api/documents/{id}/text']['get']['responses'][200]['content']['application/json']
export type TargetRow = Schemas['TargetRow']
export type TargetDetail = Schemas['TargetDetail']
export type Facets = Schemas['TargetFacets']
export type UnitRef = Schemas['UnitRef']
export type Overview = Schemas['Overview']

export type TargetQuery = QueryOf<'/api/targets'>
export type TargetSort = NonNullable<TargetQuery['sort']>
export type FacetQuery = QueryOf<'/api/targets/facets'>
export type DocumentQuery = QueryOf<'/api/documents'>
export type DocumentSort = NonNullable<DocumentQuery['sort']>
export type OverviewQuery = QueryOf<'/api/overview'>
export type ImportQuery = QueryOf<'/api/imports'>

/** One page of a list. */
export interface Page<T> {
  items: T[]
  nextCursor: string | null
  total: number | null
}
