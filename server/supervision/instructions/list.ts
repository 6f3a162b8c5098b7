import { ROLE_TITLES } from '../../../db/domain/roles.ts'
import { and, count, eq, exists, gte, inArray, isNotNull, isNull, lt, not, or, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import {
  type InstructionStanding,
  INSTRUCTION_STANDINGS,
  instructionStanding,
  instructionSteps,
} from '../../../db/domain/instructions.ts'
import { LISTED_FIELDS, pickFields } from '../../../db/domain/target-fields.ts'
import type { Db } from '../../../db/open.ts'
import { documents, instructionAddressees, instructions, targets, users } from '../../../db/schema/index.ts'
import type { Actor } from '../../actor.ts'
import { DOCUMENT_REF } from '../../core/document-ref.ts'
import { evidenceOf } from '../../core/evidence.ts'
import {
  type AddresseeRecord,
  addresseesOf,
  type InstructionRecord,
  instructionSubject,
  readsAnswer,
  seenInstructions,
} from '../../core/instructions.ts'
import { unitNames } from '../../core/target-record.ts'
import { inOwnPart } from '../../core/unit-parts.ts'
import { visibleTo } from '../../core/visible.ts'
import { notFound } from '../../errors.ts'
import { pageById } from '../../keyset.ts'
import { containsWord } from '../../search.ts'
import type { instructionCounts, InstructionQuery, instructionRow } from './schemas.ts'

type Row = z.infer<typeof instructionRow>
/** Who looks at 批示: what waits for a leader are the person's own, what waits for a reporter the unit's. */
export type Viewer = Pick<Actor, 'id' | 'role' | 'unitId'>

/** What the office is called where it is named like a unit. */
const OFFICE = ROLE_TITLES.supervisor

/** A page of the 批示 that the person may see, the newest first unless told otherwise. */
export function listInstructions(
  db: Db,
  actor: Viewer,
  query: InstructionQuery & { id?: number; from?: 'newest' | 'oldest'; words?: readonly string[] },
  today: string,
) {
  const where = and(
    seenInstructions(db, actor),
    query.id === undefined ? undefined : eq(instructions.id, query.id),
    query.targetId === undefined ? undefined : eq(instructions.targetId, query.targetId),
    query.leaderId === undefined ? undefined : eq(instructions.leaderId, query.leaderId),
    query.unitId === undefined ? undefined : addressed(db, eq(instructionAddressees.unitId, query.unitId)),
    query.standing?.length ? or(...query.standing.map((one) => standsAt(db, one, today))) : undefined,
    query.mine === undefined ? undefined : waitsFor(db, actor),
    ...(query.words ?? []).map((word) => hasWord(db, word)),
  )
  const { items, nextCursor } = pageById(
    instructions.id,
    query,
    (before, order, limit) =>
      db.select().from(instructions).where(and(where, before)).orderBy(order).limit(limit).all(),
    ({ id }) => id,
    query.from,
  )
  const total = db.select({ n: count() }).from(instructions).where(where).get()!.n
  return { items: shown(db, actor, items, today), nextCursor, total }
}

/** One 批示; 404 where the person may not know of it. */
export function oneInstruction(db: Db, actor: Viewer, id: number, today: string): Row {
  const [row] = listInstructions(db, actor, { id, limit: 1 }, today).items
  if (!row) throw notFound('批示')
  return row
}

/** How many stand where, and about how many the person can do something now. */
export function countInstructions(db: Db, actor: Viewer, today: string): z.infer<typeof instructionCounts> {
  const n = (where: SQL | undefined) =>
    db
      .select({ n: count() })
      .from(instructions)
      .where(and(seenInstructions(db, actor), where))
      .get()!.n
  const standings = Object.fromEntries(
    INSTRUCTION_STANDINGS.map((one) => [one, n(standsAt(db, one, today))]),
  ) as Record<InstructionStanding, number>
  return { ...standings, mine: n(waitsFor(db, actor)) }
}

/** Whether the word stands in the 批示, its 办理要求 or the name of its leader. */
const hasWord = (db: Db, word: string): SQL | undefined =>
  or(
    containsWord(instructions.text, word),
    containsWord(instructions.requirement, word),
    inArray(
      instructions.leaderId,
      db.select({ id: users.id }).from(users).where(containsWord(users.displayName, word)),
    ),
  )

const addressed = (db: Db, which: SQL | undefined): SQL =>
  exists(
    db
      .select({ id: instructionAddressees.id })
      .from(instructionAddressees)
      .where(and(eq(instructionAddressees.instructionId, instructions.id), which)),
  )
const unanswered = (db: Db) => addressed(db, isNull(instructionAddressees.answeredAt))

/** The same as {@link instructionStanding}, as a condition. */
function standsAt(db: Db, standing: InstructionStanding, today: string): SQL | undefined {
  const waiting = and(isNull(instructions.closedAt), unanswered(db))!
  if (standing === 'done') return not(waiting)
  return standing === 'overdue'
    ? and(waiting, lt(instructions.dueOn, today))
    : and(waiting, or(isNull(instructions.dueOn), gte(instructions.dueOn, today)))
}

/** Those about which the person can do something now: answer, say 满意 or 再办, close. */
function waitsFor(db: Db, { id, role, unitId }: Viewer): SQL | undefined {
  const open = isNull(instructions.closedAt)
  const answered = and(not(unanswered(db)), addressed(db, undefined))
  if (role === 'reporter')
    return and(
      open,
      addressed(db, and(eq(instructionAddressees.unitId, unitId ?? -1), isNull(instructionAddressees.answeredAt))),
    )
  if (role === 'leader') return and(open, answered, eq(instructions.leaderId, id), isNull(instructions.verdict))
  if (role !== 'supervisor') return isNull(instructions.id)
  const toOffice = addressed(db, and(isNull(instructionAddressees.unitId), isNull(instructionAddressees.answeredAt)))
  return and(open, or(toOffice, and(answered, isNotNull(instructions.verdict))))
}

function shown(db: Db, actor: Viewer, rows: readonly InstructionRecord[], today: string): Row[] {
  const addressees = addresseesOf(
    db,
    rows.map(({ id }) => id),
  )
  const all = [...addressees.values()].flat()
  const files = evidenceOf(
    db,
    'addresseeId',
    all.map(({ id }) => id),
  )
  const names = unitNames(db, [
    ...all.map(({ unitId }) => unitId),
    ...rows.flatMap(({ course }) => course.map(({ unitId }) => unitId ?? null)),
  ])
  const nameOf = (unitId: number | null) => (unitId === null ? OFFICE : (names.get(unitId) ?? ''))
  const leaders = peopleOf(db, rows)
  const briefs = targetsOf(db, actor, rows)
  return rows.map((row) => {
    const named = addressees.get(row.id) ?? []
    const subject = instructionSubject(row, named)
    const { id, text, requirement, dueOn, createdAt, verdict, closedAt, version } = row
    return {
      ...{ id, text, requirement, dueOn, createdAt, verdict, closedAt, version },
      target: row.targetId === null ? null : (briefs.get(row.targetId) ?? null),
      leader: { id: row.leaderId, displayName: leaders.get(row.leaderId) ?? '' },
      standing: instructionStanding(subject, today),
      addressees: named.map((one) => addressee(one, actor, nameOf, files)),
      course: row.course
        .filter(({ step, unitId }) => step !== 'answer' || readsAnswer({ unitId: unitId ?? null }, actor))
        .map(({ step, at, who, unitId, text: words, dueOn: limit }) => ({
          ...{ step, at, who, text: words },
          unit: step === 'answer' ? nameOf(unitId ?? null) : null,
          dueOn: limit ?? null,
        })),
      allowed: instructionSteps(subject, actor),
    }
  })
}

function addressee(
  { id, unitId, answer, answeredAt }: AddresseeRecord,
  actor: Viewer,
  nameOf: (unitId: number | null) => string,
  files: ReturnType<typeof evidenceOf>,
) {
  const reads = readsAnswer({ unitId }, actor)
  return {
    ...{ unitId, name: nameOf(unitId), answeredAt },
    answer: reads ? answer : null,
    attachments: reads && answeredAt !== null ? files(id) : [],
  }
}

const peopleOf = (db: Db, rows: readonly InstructionRecord[]): Map<number, string> =>
  new Map(
    db
      .select({ id: users.id, name: users.displayName })
      .from(users)
      .where(inArray(users.id, [...new Set(rows.map(({ leaderId }) => leaderId))]))
      .all()
      .map(({ id, name }) => [id, name]),
  )

/** The targets that some 批示 are about, as every list says them; only those that the person may see: a 批示 names units beside. */
function targetsOf(db: Db, actor: Viewer, rows: readonly InstructionRecord[]): Map<number, NonNullable<Row['target']>> {
  const ids = rows.flatMap(({ targetId }) => targetId ?? [])
  const found = db
    .select({
      ...pickFields(targets, LISTED_FIELDS),
      id: targets.id,
      version: targets.version,
      document: DOCUMENT_REF,
    })
    .from(targets)
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .where(and(inArray(targets.id, ids), visibleTo(actor)))
    .all()
  return new Map(inOwnPart(db, actor.unitId, found).map((target) => [target.id, target]))
}
