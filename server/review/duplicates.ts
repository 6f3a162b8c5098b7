import { asc, getTableColumns, inArray } from 'drizzle-orm'
import { ALIKE, promiseKey } from '../../db/domain/same-promise.ts'
import { pickFields, PROMISED_FIELDS } from '../../db/domain/target-fields.ts'
import type { Db } from '../../db/open.ts'
import { targets } from '../../db/schema/index.ts'
import { likeness, type Profile, profileOf } from '../../db/domain/similarity.ts'

/** More of one value than this (a hundred 100 %) are compared with their neighbours only. */
const WINDOW = 200
/** Comparisons of one request, and after how many other requests get their turn. */
const MOST = 100_000
const TURN = 2000

interface DuplicatePair {
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
export async function findDuplicates(
  db: Db,
  options: { documentId?: number; targetId?: number; limit: number },
): Promise<DuplicatePair[]> {
  const groups = new Map<string, Row[]>()
  for (const row of liveTargets(db)) {
    const key = promiseKey(row)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  const concerns = (r: Row) =>
    r.state === 'extracted' &&
    (options.documentId === undefined || r.documentId === options.documentId) &&
    (options.targetId === undefined || r.id === options.targetId)
  const profiles = new Map<number, Profile>()
  const profile = (r: Row): Profile => {
    const known = profiles.get(r.id) ?? profileOf(r.indicator)
    profiles.set(r.id, known)
    return known
  }
  const pairs: DuplicatePair[] = []
  let compared = 0
  for (const group of groups.values()) {
    for (let i = 0; i < group.length && compared < MOST; i++) {
      const a = group[i] as Row
      for (const b of group.slice(i + 1, i + WINDOW)) {
        if (!concerns(a) && !concerns(b)) continue
        if (++compared % TURN === 0) await new Promise((resolve) => setImmediate(resolve))
        const alike = likeness(profile(a), profile(b))
        if (alike >= ALIKE) pairs.push(pairOf(a, b, alike))
      }
    }
  }
  return pairs.sort((a, b) => b.likeness - a.likeness || a.keepId - b.keepId).slice(0, options.limit)
}

const liveTargets = (db: Db) =>
  db
    .select({
      id: targets.id,
      documentId: targets.documentId,
      state: targets.state,
      ...pickFields(getTableColumns(targets), PROMISED_FIELDS),
      confidence: targets.confidence,
    })
    .from(targets)
    .where(
      inArray(targets.state, ['extracted', 'confirmed', 'assigned', 'signed', 'in_progress', 'reported', 'returned']),
    )
    .orderBy(asc(targets.id))
    .all()
type Row = ReturnType<typeof liveTargets>[number]

function pairOf(a: Row, b: Row, likeness: number): DuplicatePair {
  const keepB = a.state === 'extracted' && (b.state !== 'extracted' || b.confidence > a.confidence)
  return {
    keepId: keepB ? b.id : a.id,
    duplicateId: keepB ? a.id : b.id,
    likeness: Math.round(likeness * 100) / 100,
    sameDocument: a.documentId === b.documentId,
  }
}
