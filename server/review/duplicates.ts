import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { documents, targets } from '../../db/schema/index.ts'
import { similarity } from '../rules/similarity.ts'

/** From this likeness of the indicators on, two targets of one value and deadline are held to be the same promise. */
const ALIKE = 0.7
/** More of one value than this (a hundred 100 %) are compared with their neighbours only. */
const WINDOW = 200

export interface DuplicatePair {
  /** The one proposed to be kept: the more confident, else the earlier. */
  keepId: number
  duplicateId: number
  /** 0–1 */
  likeness: number
  sameDocument: boolean
}

/**
 * Proposes pairs of candidates that say the same, the most alike first. A candidate is also held against what has been
 * confirmed or assigned already. Nothing is merged: a person decides.
 */
export function findDuplicates(db: Db, options: { documentId?: number, targetId?: number, limit: number }): DuplicatePair[] {
  const rows = db.select({
    id: targets.id, documentId: targets.documentId, state: targets.state, kind: targets.kind, indicator: targets.indicator, value: targets.value,
    valueHigh: targets.valueHigh, unit: targets.unit, deadline: targets.deadline, confidence: targets.confidence,
  }).from(targets).innerJoin(documents, eq(documents.id, targets.documentId))
    .where(and(inArray(targets.state, ['extracted', 'confirmed', 'assigned', 'signed', 'in_progress', 'reported', 'returned']))).orderBy(asc(targets.id)).all()
  const groups = new Map<string, typeof rows>()
  for (const row of rows) {
    const key = JSON.stringify([row.kind, row.value, row.valueHigh, row.unit, row.deadline])
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  const pairs: DuplicatePair[] = []
  for (const group of groups.values()) {
    for (let i = 0; i < group.length; i++) {
      for (let j = i + 1; j < Math.min(group.length, i + WINDOW); j++) {
        const [a, b] = [group[i]!, group[j]!]
        if (a.state !== 'extracted' && b.state !== 'extracted') continue
        if (options.documentId !== undefined && a.documentId !== options.documentId && b.documentId !== options.documentId) continue
        if (options.targetId !== undefined && a.id !== options.targetId && b.id !== options.targetId) continue
        const likeness = similarity(a.indicator, b.indicator)
        if (likeness < ALIKE) continue
        const keepB = a.state === 'extracted' && (b.state !== 'extracted' || b.confidence > a.confidence)
        pairs.push({ keepId: keepB ? b.id : a.id, duplicateId: keepB ? a.id : b.id, likeness: Math.round(likeness * 100) / 100, sameDocument: a.documentId === b.documentId })
      }
    }
  }
  return pairs.sort((a, b) => b.likeness - a.likeness || a.keepId - b.keepId).slice(0, options.limit)
}
