import type { z } from 'zod'
import type { LimitKind } from '../../db/domain/limits.ts'
import type { Db } from '../../db/open.ts'
import type { Actor } from '../actor.ts'
import type { limitsAnswer } from './limit-schemas.ts'
import { type LimitQuery, limitsOf } from './limits.ts'

/** Limits of one answer that are listed; the ledger has the rest. */
const LISTED = 3_000

/** The limits of a span of days, with how many there are on each. */
export function limitPage(
  db: Db,
  viewer: Pick<Actor, 'id' | 'role' | 'unitId'>,
  query: LimitQuery,
  today: string,
): z.infer<typeof limitsAnswer> {
  const all = limitsOf(db, viewer, query, today)
  const counts = new Map<string, { on: string; kind: LimitKind; count: number }>()
  for (const { on, kind } of all) {
    const key = `${on} ${kind}`
    const known = counts.get(key)
    if (known === undefined) counts.set(key, { on, kind, count: 1 })
    else known.count++
  }
  return { items: all.slice(0, LISTED), total: all.length, counts: [...counts.values()] }
}
