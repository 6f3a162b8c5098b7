import { and, asc, eq, getTableColumns, notInArray } from 'drizzle-orm'
import { FOUND_FIELDS, pickFields } from '../../../db/domain/target-fields.ts'
import type { UnitRole } from '../../../db/domain/target-terms.ts'
import { clientOf } from '../../../db/client.ts'
import type { Db } from '../../../db/open.ts'
import { documents, targets, targetUnits, targetVersions } from '../../../db/schema/index.ts'
import { targetsInUse } from '../../../db/targets-in-use.ts'
import { type TargetVersion, VERSIONED_FIELDS, versionsOf } from '../../../db/target-versions.ts'
import { nameOfFound } from '../../core/candidates.ts'
import { ACTS_OF_PROGRAM } from '../../core/versions.ts'
import type { StoredDocument, StoredTarget } from './compare.ts'

/** What is stored of a file: its documents in the order of the text, and every target of them. */
export function storedReading(db: Db, fileId: number): { documents: StoredDocument[]; targets: StoredTarget[] } {
  const heads = db
    .select()
    .from(documents)
    .where(eq(documents.fileId, fileId))
    .orderBy(asc(documents.start), asc(documents.id))
    .all()
  const rows = db
    .select(getTableColumns(targets))
    .from(targets)
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(eq(documents.fileId, fileId))
    .orderBy(asc(targets.id))
    .all()
  const decided = decidedTargets(db, fileId, rows)
  const units = unitsByTarget(db, fileId)
  return {
    documents: heads.map(({ headSetAt, ...head }) => ({ ...head, headIsSet: headSetAt !== null })),
    targets: rows.map((row) => ({
      id: row.id,
      documentId: row.documentId,
      start: row.start,
      end: row.end,
      clauseStart: row.clauseStart,
      clauseEnd: row.clauseEnd,
      evidence: row.evidence,
      startOn: row.startOn,
      decided: decided.has(row.id),
      fields: pickFields(row, FOUND_FIELDS),
      units: units.get(row.id) ?? noUnits(),
      foundAs: foundAs(row),
    })),
  }
}

type Row = typeof targets.$inferSelect

/** A target added by hand was not found: nothing a reading finds is the same. */
function foundAs({ extracted, indicator }: Row): StoredTarget['foundAs'] {
  if (extracted === null) return { kind: 'by hand', indicator }
  const as = extracted.clause !== undefined ? 'duty' : extracted.task !== undefined ? 'milestone' : 'quantity'
  return { kind: as, indicator: nameOfFound(extracted) ?? indicator }
}

/**
 * Those that a person has done something with: taken a step that still shows in them, or hung something on them. A step
 * that was taken back leaves a candidate as undecided as before.
 */
function decidedTargets(db: Db, fileId: number, rows: readonly Row[]): Set<number> {
  const candidates = rows.filter(({ state }) => state === 'extracted').map(({ id }) => id)
  const decided = new Set(rows.filter(({ state }) => state !== 'extracted').map(({ id }) => id))
  for (const id of targetsInUse(clientOf(db), candidates)) decided.add(id)
  for (const id of changedByPeople(db, fileId)) decided.add(id)
  for (const { extracted, id } of rows) if (extracted === null) decided.add(id)
  return decided
}

/** Candidates of a file that say something else than what the program last made of them, or were split. */
function changedByPeople(db: Db, fileId: number): number[] {
  const ofCandidates = and(eq(documents.fileId, fileId), eq(targets.state, 'extracted'))
  const touched = db
    .selectDistinct({ id: targetVersions.targetId })
    .from(targetVersions)
    .innerJoin(targets, eq(targets.id, targetVersions.targetId))
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(and(ofCandidates, notInArray(targetVersions.step, [...ACTS_OF_PROGRAM])))
    .all()
  return touched.flatMap(({ id }) => {
    const own = versionsOf(db, id)
    const byProgram = own.findLast(({ step }) => (ACTS_OF_PROGRAM as readonly string[]).includes(step))
    const changed =
      byProgram === undefined || saidBy(byProgram) !== saidBy(own.at(-1)!) || own.some(({ step }) => step === 'split')
    return changed ? [id] : []
  })
}

const saidBy = (version: TargetVersion): string =>
  JSON.stringify([
    VERSIONED_FIELDS.map((field) => version[field]),
    version.units.map(({ role, name }) => [role, name]),
    version.parts,
  ])

const noUnits = (): Record<UnitRole, string[]> => ({ lead: [], responsible: [], support: [] })

function unitsByTarget(db: Db, fileId: number): Map<number, Record<UnitRole, string[]>> {
  const units = new Map<number, Record<UnitRole, string[]>>()
  const rows = db
    .select({ targetId: targetUnits.targetId, role: targetUnits.role, name: targetUnits.name })
    .from(targetUnits)
    .innerJoin(targets, eq(targets.id, targetUnits.targetId))
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(eq(documents.fileId, fileId))
    .orderBy(asc(targetUnits.targetId), asc(targetUnits.role), asc(targetUnits.position))
    .all()
  for (const { targetId, role, name } of rows) {
    const own = units.get(targetId) ?? noUnits()
    own[role].push(name)
    units.set(targetId, own)
  }
  return units
}
