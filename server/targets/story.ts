import { and, asc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { isHiddenFromUnits, STEP_NAMES, type Step } from '../../db/domain/lifecycle.ts'
import { clientOf } from '../../db/client.ts'
import { keptQueries, keptQuery } from '../../db/kept-query.ts'
import { peopleNames } from '../../db/names.ts'
import type { Db } from '../../db/open.ts'
import {
  attachments,
  changeRequests,
  instructions,
  orderItems,
  orders,
  problems,
  reports,
  urges,
  users,
} from '../../db/schema/index.ts'
import { type TargetVersion, versionsOf } from '../../db/target-versions.ts'
import { reportText } from '../../db/domain/report-parts.ts'
import type { Actor } from '../actor.ts'
import { type FieldChange, fieldChanges } from '../core/field-changes.ts'
import { anyViewer, seenBy } from '../core/record-rights.ts'
import { readsAnswer, seenInstructions } from '../core/instructions.ts'
import { seesInPart, unitsOf } from '../core/target-record.ts'
import { INSTRUCTION_STEP_TITLES } from '../../db/domain/instructions.ts'
import { mergesInto } from '../core/review-history.ts'
import { ACTS_OF_PROGRAM, stepTitle } from '../core/versions.ts'
import type { TargetDetail } from '../core/target-schemas.ts'

type StoryStep = TargetDetail['steps'][number]
type File = StoryStep['attachments'][number]

/** Something that happened, before it is put in order. */
interface Happening {
  /** Null where it has not happened (yet). */
  at: string | null
  who: string | null
  step: Step | 'add' | 'split-off' | 'unsplit' | 'take-in'
  /** Where it is called otherwise than its step. */
  title?: string
  text?: string | null
  fields?: FieldChange[]
  files?: File[]
}

/** Steps that a record of their own tells of, with its words; their versions are left out. */
const IN_RECORDS: ReadonlySet<string> = new Set<Step>([
  'draft',
  'submit',
  'discard',
  'withdraw',
  'approve',
  'return',
  'record-statistics',
  'ask-extension',
  'ask-suspension',
  'ask-change',
  'withdraw-request',
  'grant',
  'refuse',
])

/** Versions that no person's step on the target made. */
const NOT_IN_STORY: ReadonlySet<string> = new Set(ACTS_OF_PROGRAM)

/**
 * 办理经过: what happened to the target until an instant, oldest first. What became of the target is told by its
 * versions, everything else by the records themselves; a record that the person may not read is left out.
 */
export function storyOf(db: Db, targetId: number, actor: Actor, until: string): TargetDetail['steps'] {
  const inPart = seesInPart(unitsOf(db, targetId), actor)
  const made = versionsWithChanges(db, targetId, actor)
  const versions = inPart ? made.filter(isNotOfOthers(db, actor)) : made
  const happened = [...fromVersions(db, targetId, versions), ...fromRecords(db, targetId, actor, inPart)]
  // 同意申请 is told by the request; what it changed, by the version that it made
  const changed = new Map(versions.map(({ validFrom, step, fields }) => [`${validFrom} ${step}`, fields]))
  return happened
    .flatMap(({ at, who, step, title, text, fields, files }) =>
      at === null || at > until
        ? []
        : [
            {
              at,
              who,
              action: `target.${step}`,
              title: title ?? titleOf(step),
              text: text ?? '',
              fields: fields ?? changed.get(`${at} ${step}`) ?? [],
              attachments: files ?? [],
            },
          ],
    )
    .map((entry, i) => ({ entry, i, rank: orderOf(entry.action) }))
    .sort((a, b) => (a.entry.at < b.entry.at ? -1 : a.entry.at > b.entry.at ? 1 : a.rank - b.rank || a.i - b.i))
    .map(({ entry }) => entry)
}

const titleOf = (step: Happening['step']) => (step === 'take-in' ? '并入重复事项' : stepTitle(step))

/** Of several steps at one instant the one that comes first in the life of a target is told first. */
const orderOf = (action: string) => (STEP_NAMES as readonly string[]).indexOf(action.replace(/^target\./, ''))

type ChangingVersion = TargetVersion & { fields: FieldChange[] }

/** A member of a group is told what the office and it itself did, not what other units did. */
function isNotOfOthers(db: Db, actor: Actor): (version: TargetVersion) => boolean {
  const others = new Set(
    db
      .select({ id: users.id })
      .from(users)
      .where(and(eq(users.role, 'reporter'), ne(users.unitId, actor.unitId ?? 0)))
      .all()
      .map(({ id }) => id),
  )
  return ({ byId }) => byId === null || !others.has(byId)
}

/** The 批示 on a target; a member of a group is told of those that name it. */
function toldInstructions(db: Db, targetId: number, actor: Actor, inPart: boolean) {
  const all = instructionsOf(db).all({ targetId })
  if (!inPart) return all
  const told = new Set(
    db
      .select({ id: instructions.id })
      .from(instructions)
      .where(and(eq(instructions.targetId, targetId), seenInstructions(db, actor)))
      .all()
      .map(({ id }) => id),
  )
  return all.filter(({ id }) => told.has(id))
}

/** The versions, with what each changed; how the office mended a target before 交办, and why, is not for units. */
function versionsWithChanges(db: Db, targetId: number, { role }: Actor): ChangingVersion[] {
  const changes = fieldChanges(db)
  return versionsOf(db, targetId).map((version, i, all) => {
    const before = all[i - 1]
    const isTold = role !== 'reporter' || (before !== undefined && !isHiddenFromUnits(before.state))
    return {
      ...version,
      reason: isTold ? version.reason : null,
      fields: isTold && before !== undefined ? changes(before, version) : [],
    }
  })
}

function fromVersions(db: Db, targetId: number, versions: readonly ChangingVersion[]): Happening[] {
  const own = versions
    .filter(({ step }) => !IN_RECORDS.has(step) && !NOT_IN_STORY.has(step))
    .map(({ validFrom: at, byName: who, step, reason: text, fields }) => ({
      at,
      who,
      step: step as Happening['step'],
      text,
      fields,
    }))
  const taken = mergesInto(db, targetId).map(({ validFrom: at, byName: who }) => ({
    at,
    who,
    step: 'take-in' as const,
  }))
  return [...own, ...taken]
}

function fromRecords(db: Db, targetId: number, actor: Actor, inPart: boolean): Happening[] {
  const people = peopleNames(clientOf(db))
  const nameOf = (id: number | null) => (id === null ? null : (people(id) ?? null))
  const files = attachmentsOf(db).all({ targetId })
  const filesOf = (owner: 'requestId' | 'orderId' | 'problemId', id: number) =>
    files
      .filter((file) => file[owner] === id)
      .map((file) => ({ id: file.id, name: file.name, size: file.size, mediaType: file.mediaType, at: file.createdAt }))

  return [
    ...toldInstructions(db, targetId, actor, inPart).flatMap((one) => [
      { at: one.createdAt, who: nameOf(one.leaderId), step: 'instruct' as const, text: one.text },
      ...one.course
        .filter(({ step, unitId }) => step !== 'answer' || readsAnswer({ unitId: unitId ?? null }, actor))
        .map(({ step, at, who, text }) => ({
          ...{ at, who, text },
          step: 'instruct' as const,
          title: `批示：${INSTRUCTION_STEP_TITLES[step]}`,
        })),
    ]),
    ...once(
      urgesOf(db, actor.role === 'reporter').all({ targetId, unitId: actor.unitId }),
      ({ sentAt, text }) => `${sentAt} ${text}`,
    ).map((urge) => ({
      at: urge.sentAt,
      who: nameOf(urge.sentBy),
      step: 'urge' as const,
      text: urge.text,
    })),
    ...reportHappenings(db, targetId, actor, nameOf),
    ...requestHappenings(db, targetId, actor, nameOf, (id) => filesOf('requestId', id)),
    ...orderHappenings(db, targetId, actor, nameOf, (id) => filesOf('orderId', id)),
    ...problemHappenings(db, targetId, actor, nameOf, (id) => filesOf('problemId', id)),
  ]
}

type NameOf = (id: number | null) => string | null
type FilesOf = (id: number) => (File & { at: string })[]
const plain = (files: (File & { at: string })[]): File[] => files.map(({ at: _at, ...file }) => file)

const TARGET = sql.placeholder('targetId')
const attachmentsOf = keptQuery((db) =>
  db.select().from(attachments).where(eq(attachments.targetId, TARGET)).orderBy(asc(attachments.id)),
)
const instructionsOf = keptQuery((db) =>
  db.select().from(instructions).where(eq(instructions.targetId, TARGET)).orderBy(asc(instructions.id)),
)
const urgesOf = keptQueries((db, isUnit: boolean) =>
  db
    .select()
    .from(urges)
    .where(and(eq(urges.targetId, TARGET), seenBy('urge', anyViewer(isUnit))))
    .orderBy(asc(urges.id)),
)
const requestsOf = keptQueries((db, isUnit: boolean) =>
  db
    .select()
    .from(changeRequests)
    .where(and(eq(changeRequests.targetId, TARGET), seenBy('request', anyViewer(isUnit))))
    .orderBy(asc(changeRequests.id)),
)

const reportsOf = keptQueries((db, isUnit: boolean) =>
  db
    .select()
    .from(reports)
    .where(and(eq(reports.targetId, TARGET), seenBy('report', anyViewer(isUnit))))
    .orderBy(asc(reports.id)),
)
const ordersOf = keptQueries((db, isUnit: boolean) =>
  db
    .select()
    .from(orders)
    .where(
      and(
        or(
          eq(orders.targetId, TARGET),
          inArray(
            orders.id,
            db.select({ id: orderItems.orderId }).from(orderItems).where(eq(orderItems.targetId, TARGET)),
          ),
        ),
        seenBy('order', anyViewer(isUnit)),
      ),
    )
    .orderBy(asc(orders.id)),
)
const problemsOf = keptQueries((db, isUnit: boolean) =>
  db
    .select()
    .from(problems)
    .where(and(eq(problems.targetId, TARGET), seenBy('problem', anyViewer(isUnit))))
    .orderBy(asc(problems.id)),
)

/** One call to several units is told once. */
function once<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
  const seen = new Set<string>()
  return rows.filter((row) => !seen.has(keyOf(row)) && seen.add(keyOf(row)))
}

function reportHappenings(db: Db, targetId: number, actor: Actor, nameOf: NameOf): Happening[] {
  const rows = reportsOf(db, actor.role === 'reporter').all({ targetId, unitId: actor.unitId })
  return rows.flatMap((report): Happening[] => {
    const who = nameOf(report.reporterId)
    if (report.source === 'statistics')
      return [{ at: report.createdAt, who, step: 'record-statistics', text: report.note }]
    if (report.submittedAt === null)
      return report.status === 'draft' ? [{ at: report.createdAt, who, step: 'draft', text: reportText(report) }] : []
    const decision = ({ approved: 'approve', returned: 'return', withdrawn: 'withdraw' } as const)[
      report.status as 'approved' | 'returned' | 'withdrawn'
    ] as 'approve' | 'return' | 'withdraw' | undefined
    return [
      { at: report.submittedAt, who, step: 'submit', text: reportText(report) },
      ...(decision
        ? [{ at: report.decidedAt, who: nameOf(report.decidedBy), step: decision, text: report.decisionReason }]
        : []),
    ]
  })
}

const ASKED = { extension: 'ask-extension', suspension: 'ask-suspension', change: 'ask-change' } as const
const DECIDED = { granted: 'grant', refused: 'refuse', withdrawn: 'withdraw-request' } as const

function requestHappenings(db: Db, targetId: number, actor: Actor, nameOf: NameOf, filesOf: FilesOf): Happening[] {
  return requestsOf(db, actor.role === 'reporter')
    .all({ targetId, unitId: actor.unitId })
    .flatMap((request): Happening[] => [
      {
        at: request.askedAt,
        who: nameOf(request.askedBy),
        step: ASKED[request.kind],
        text: request.reason,
        files: plain(filesOf(request.id)),
      },
      ...(request.status === 'asked'
        ? []
        : [
            {
              at: request.decidedAt,
              who: nameOf(request.decidedBy),
              step: DECIDED[request.status],
              text: request.decisionReason,
            },
          ]),
    ])
}

function orderHappenings(db: Db, targetId: number, actor: Actor, nameOf: NameOf, filesOf: FilesOf): Happening[] {
  const rows = ordersOf(db, actor.role === 'reporter').all({ targetId, unitId: actor.unitId })
  const issued = once(rows, ({ issuedAt, color, text }) => `${issuedAt} ${color} ${text}`)
  return [
    ...issued.map((order) => ({
      at: order.issuedAt,
      who: nameOf(order.issuedBy),
      step: 'issue-order' as const,
      text: order.text,
    })),
    ...rows.flatMap((order): Happening[] => [
      {
        at: order.answeredAt,
        who: nameOf(order.answeredBy),
        step: 'answer-order',
        text: order.answer,
        files: plain(filesOf(order.id)),
      },
      { at: order.closedAt, who: nameOf(order.closedBy), step: 'close-order' },
    ]),
  ]
}

/** Evidence of a rectification is what was uploaded since the one before it. */
function problemHappenings(db: Db, targetId: number, actor: Actor, nameOf: NameOf, filesOf: FilesOf): Happening[] {
  const rows = problemsOf(db, actor.role === 'reporter').all({ targetId, unitId: actor.unitId })
  return rows.flatMap((problem): Happening[] => {
    let since = ''
    const files = filesOf(problem.id)
    return [
      { at: problem.createdAt, who: nameOf(problem.foundBy), step: 'raise-problem', text: problem.text },
      ...problem.course.map(({ step, at, who, text }) => {
        if (step !== 'rectify-problem') return { at, who, step, text }
        const given = files.filter((file) => file.at > since && file.at <= at)
        since = at
        return { at, who, step, text, files: plain(given) }
      }),
    ]
  })
}
