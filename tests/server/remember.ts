import { eq } from 'drizzle-orm'
import type { OpenDb } from '../../db/open.ts'
import { replaySpans } from '../../db/replay-spans.ts'
import { targets, versionSteps } from '../../db/schema/index.ts'
import { appendVersions, staleVersions } from '../../db/target-versions.ts'
import { inTransaction } from '../../db/transaction.ts'

/**
 * Makes versions and spans of what a test has put into the tables by hand, as the steps would have.
 * @param since the day from which on the targets were known as they were put in
 */
export function remember(db: OpenDb, since = '2024-01-10'): void {
  const at = `${since}T00:00:00.000Z`
  inTransaction(db, (tx) => {
    appendVersions(tx, staleVersions(tx), { at, step: 'import', byId: null, byName: null, splitFromId: null })
    tx.update(versionSteps).set({ validFrom: at }).where(eq(versionSteps.step, 'import')).run()
    replaySpans(
      db.$client,
      tx
        .select({ id: targets.id })
        .from(targets)
        .all()
        .map(({ id }) => id),
    )
  })
}
