import type { Light } from '../../../db/domain/lights.ts'
import type { TargetQuery } from '../api/types.ts'

/** Keys of the address that filter the ledger; the same names as the API's, so the address is the query. */
export const FILTER_KEYS = [
  'q',
  'kind',
  'state',
  'light',
  'late',
  'unitId',
  'role',
  'documentId',
  'sourceKind',
  'leaderId',
  'ids',
  'deadlineFrom',
  'deadlineTo',
  'deadlineMonth',
  'missing',
  'scope',
  'since',
  'was',
] as const satisfies readonly (keyof TargetQuery)[]
type FilterKey = (typeof FILTER_KEYS)[number]
export type LedgerFilter = Pick<TargetQuery, FilterKey>

/** Keys that take one of a few words; another word is no filter. */
const WORDS: Partial<Record<FilterKey, readonly string[]>> = {
  late: ['true', 'false'],
  scope: ['tracked', 'live', 'all'],
}

/** The filters in an address; unknown keys and empty values are left out. */
export function filterOf(query: Record<string, unknown>): LedgerFilter {
  const filter: Partial<Record<FilterKey, string>> = {}
  for (const key of FILTER_KEYS) {
    const raw = query[key]
    const value: unknown = Array.isArray(raw) ? raw[0] : raw
    if (typeof value === 'string' && value !== '' && (WORDS[key]?.includes(value) ?? true)) filter[key] = value
  }
  return filter as LedgerFilter
}

/** Units as every count has them: who leads a target, or answers for it where nobody leads. */
export const ofUnit = (unitId: number) => ({ unitId: String(unitId), role: 'main' })

/** What the overview counts: 交办 and later, without 中止. Its links must lead to exactly those. */
export const TRACKED = { scope: 'tracked' } as const

/** Without a scope or a state the ledger shows what is tracked: candidates belong to 校核. */
export const effective = (filter: LedgerFilter): LedgerFilter =>
  filter.scope !== undefined || filter.state !== undefined || filter.ids !== undefined
    ? filter
    : { ...TRACKED, ...filter }

/** Whether it is only what is tracked that the ledger shows, so that there may be more outside of it. */
export const isNarrowed = (filter: LedgerFilter): boolean =>
  filter.state === undefined && effective(filter).scope === TRACKED.scope

/** Address of the ledger with these filters, at the as-of date given (none for today). */
export function ledgerLink(filter: LedgerFilter, asOf?: string) {
  return { path: '/targets', query: { ...filter, ...(asOf ? { asOf } : {}) } }
}

export const lightLink = (light: Light, filter: LedgerFilter = {}, asOf?: string) =>
  ledgerLink({ ...TRACKED, ...filter, light }, asOf)
