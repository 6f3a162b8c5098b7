import { and, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { counters } from '../../db/schema/index.ts'
import { formatNumber } from '../rules/numbering.ts'
import { readSetting } from '../settings/store.ts'

/**
 * The next number by the office's scheme, counted up inside the caller's transaction: a step that is undone leaves no
 * gap, and two at once never get the same.
 * @param on date in Asia/Shanghai, whose year counts
 */
export function nextNumber(tx: Db, series: 'order' | 'bulletin', on: string): string {
  const year = Number(on.slice(0, 4))
  const where = and(eq(counters.name, series), eq(counters.year, year))
  const n = (tx.select({ last: counters.last }).from(counters).where(where).get()?.last ?? 0) + 1
  tx.insert(counters)
    .values({ name: series, year, last: n })
    .onConflictDoUpdate({ target: [counters.name, counters.year], set: { last: n } })
    .run()
  return formatNumber(readSetting(tx, 'numbering')[series], year, n)
}
