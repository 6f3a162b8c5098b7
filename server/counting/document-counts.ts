import type { Db } from '../../db/open.ts'
import { KINDS } from '../../db/domain/target-terms.ts'
import { NO_LIGHT, lightOfCode, stateCode } from './columns.ts'
import { lightsFor, unitAsked, type Viewer } from './own-lights.ts'
import { eachRow, NO_HITS, select } from './select.ts'
import { standingOn } from './standing.ts'
import { noLights } from '../../db/domain/lights.ts'
import type { Kind } from '../../db/domain/target-terms.ts'
import type { TargetFilter } from '../core/target-schemas.ts'
import type { Light } from '../../db/domain/lights.ts'

/** What a document's row counts. */
export interface DocumentCounts {
  id: number
  targets: Record<Kind, number>
  lights: Record<Light, number>
  /** Candidates that 校核 has not decided. */
  unconfirmed: number
}

/** The targets of some documents on the day, without those that were dropped or merged: by kind, by light, and candidates. */
export function documentCounts(db: Db, viewer: Viewer, documentIds: readonly number[], asOf: string): DocumentCounts[] {
  const standing = standingOn(db, asOf)
  const { documentId, kind, state } = standing.columns
  const lit = lightsFor(standing.columns, unitAsked(viewer))
  const counts = new Map<number, DocumentCounts>(
    documentIds.map((id) => [
      id,
      { id, targets: { quantity: 0, milestone: 0, duty: 0 }, lights: noLights(), unconfirmed: 0 },
    ]),
  )
  const extracted = stateCode('extracted')
  const ofDocuments: TargetFilter = { scope: 'live', documentId: [...documentIds] }
  const { fails, candidates } = select(standing, viewer, ofDocuments, NO_HITS, null)
  if (documentIds.length > 0) {
    const visit = (id: number, row: number) => {
      if (fails(id, row) !== 0) return
      const own = counts.get(documentId[id]!)!
      own.targets[KINDS[kind[row]!]!]++
      if (state[row] === extracted) own.unconfirmed++
      const code = lit.code(row)
      if (code !== NO_LIGHT) own.lights[lightOfCode(code)!]++
    }
    eachRow(standing, visit, candidates())
  }
  return [...counts.values()]
}
