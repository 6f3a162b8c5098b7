import { and, eq, exists, gte, inArray, isNull, lte, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { lightCache, targets, targetUnits } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { searchWords } from '../search.ts'
import type { TargetFilter } from './schemas.ts'
import { searchHits } from './search-hits.ts'
import { visibleTo } from './visible.ts'

/** States that count on the overview do not include these: not confirmed yet, 中止, dropped, merged. */
export const UNTRACKED = ['extracted', 'suspended', 'dropped', 'merged'] as const

/** The filters that a count may leave out, so that it shows what else could be chosen. */
export type Dimension = 'light' | 'state' | 'kind' | 'unitId' | 'role' | 'missing' | 'deadlineMonth'

/**
 * The filters of the ledger as one condition over `targets` joined with `light_cache` of the day asked for.
 * @param without dimensions whose filter is left out
 */
export function filterCondition(
  db: Db,
  filter: TargetFilter,
  viewer: Pick<Actor, 'role' | 'unitId'>,
  without: readonly Dimension[] = [],
): SQL | undefined {
  const f = Object.fromEntries(
    Object.entries(filter).filter(([name]) => !without.includes(name as Dimension)),
  ) as TargetFilter
  const chosen = <T>(list: T[] | undefined): T[] | undefined =>
    list !== undefined && list.length > 0 ? list : undefined
  return and(
    visibleTo(viewer),
    scopeCondition(f.scope ?? (filter.state?.length ? 'all' : 'live')),
    chosen(f.kind) && inArray(targets.kind, f.kind!),
    chosen(f.state) && inArray(targets.state, f.state!),
    chosen(f.light) && inArray(lightCache.light, f.light!),
    f.late === undefined ? undefined : eq(lightCache.late, f.late === 'true'),
    changeCondition(f),
    unitCondition(f),
    chosen(f.documentId) && inArray(targets.documentId, f.documentId!),
    chosen(f.ids) && inArray(targets.id, f.ids!),
    f.deadlineFrom === undefined ? undefined : gte(targets.deadline, f.deadlineFrom),
    f.deadlineTo === undefined ? undefined : lte(targets.deadline, f.deadlineTo),
    f.deadlineMonth === undefined
      ? undefined
      : and(gte(targets.deadline, `${f.deadlineMonth}-01`), lte(targets.deadline, `${f.deadlineMonth}-31`)),
    chosen(f.missing) && or(...f.missing!.map((what) => MISSING[what])),
    ...searchWords(f.q).map((word) => sql`${targets.id} in (select value from json_each(${searchHits(db, word)}))`),
  )
}

function scopeCondition(scope: NonNullable<TargetFilter['scope']>): SQL | undefined {
  if (scope === 'all') return undefined
  return notInArray(targets.state, scope === 'tracked' ? [...UNTRACKED] : ['dropped', 'merged'])
}

/** 缺基期, 缺数据, 未签收, 未定期限, 未对应单位 */
export const MISSING: Record<NonNullable<TargetFilter['missing']>[number], SQL> = {
  baseline: eq(lightCache.missingBaseline, true),
  value: sql`${lightCache.valueAsOf} is null`,
  signature: eq(targets.state, 'assigned'),
  deadline: isNull(targets.deadline),
  unit: sql`not exists (select 1 from ${targetUnits} where ${targetUnits.targetId} = ${targets.id} and ${targetUnits.unitId} is not null and ${targetUnits.role} <> 'support')`,
}

/** Light on the earlier day `since`, whose lights must have been filled as well. */
function changeCondition({ since, was }: TargetFilter): SQL | undefined {
  if (since === undefined) return undefined
  const then = (light?: SQL) =>
    sql`exists (select 1 from ${lightCache} earlier where earlier.as_of = ${since} and earlier.target_id = ${targets.id}${light && sql` and earlier.light ${light}`})`
  return or(
    ...(was?.length ? was : (['changed'] as const)).map((light) =>
      light === 'changed'
        ? sql`not ${then(sql`= ${lightCache.light}`)}`
        : light === 'none'
          ? sql`not ${then()}`
          : then(sql`= ${light}`),
    ),
  )
}

/** 主办: the leading units, and those that answer for a target that nobody leads. Over `target_units` joined with `targets`. */
export const answers = or(
  eq(targetUnits.role, 'lead'),
  and(
    eq(targetUnits.role, 'responsible'),
    sql`not exists (select 1 from ${targetUnits} lead where lead.target_id = ${targets.id} and lead.role = 'lead')`,
  ),
)

function unitCondition({ unitId, role }: TargetFilter): SQL | undefined {
  const named = role?.filter((one) => one !== 'main') ?? []
  const roles = role?.length
    ? or(named.length > 0 ? inArray(targetUnits.role, named) : undefined, role.includes('main') ? answers : undefined)
    : undefined
  if (unitId?.length)
    return sql`${targets.id} in (select ${targetUnits.targetId} from ${targetUnits} where ${and(inArray(targetUnits.unitId, unitId), roles)})`
  return roles && exists(sql`(select 1 from ${targetUnits} where ${targetUnits.targetId} = ${targets.id} and ${roles})`)
}
