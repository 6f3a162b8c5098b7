import { and, eq } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import {
  changeRequests,
  instructionAddressees,
  instructions,
  orders,
  type ProblemEvent,
  problems,
  reports,
  targetParts,
  type targets,
  targetUnits,
  urges,
} from '../../db/schema/index.ts'
import type { SeedTrack } from '../../seeds/schema.ts'
import type { Directory } from './people.ts'

/** Something that happened to a target: written in the order of time, with its line in the trail. */
export interface Event {
  at: string
  /** User name; null for nobody in particular. */
  by: string | null
  /** Step of the life cycle. */
  step: string
  before?: Record<string, unknown>
  after: Record<string, unknown>
  /** Columns of the target that change. */
  patch?: TargetColumns
  /** What else is written: the record the step is about, units, parts. */
  write?: (tx: Db) => void
}

export type TargetColumns = Partial<typeof targets.$inferInsert>

/** Everything of a track beside its 立项, as events. `targetId` is the target it happened to. */
export function eventsOf(track: SeedTrack, targetId: number, directory: Directory): Event[] {
  const { unitId, userId, stampOf } = directory
  const events: Event[] = []
  const happened = (
    at: string | null,
    by: string | null,
    step: string,
    after: Record<string, unknown> = {},
    write?: Event['write'],
    patch?: TargetColumns,
  ) => {
    if (at !== null) events.push({ at, by, step, after, write, patch })
  }
  happened(
    track.assignedAt,
    track.supervisor,
    'assign',
    { state: 'assigned' },
    (tx) => writeParts(tx, track, targetId, unitId),
    {
      state: 'assigned',
      assignedAt: track.assignedAt,
      supervisorId: userId(track.supervisor),
      contactLeaderId: userId(track.contactLeader),
      reportFrequency: track.reportFrequency,
      rollUp: track.rollUp,
    },
  )
  const lastSigned = track.signatures
    .map(({ at }) => at)
    .sort()
    .at(-1)
  for (const { unit, by, at } of track.signatures)
    happened(
      at,
      by,
      'sign',
      { unit },
      (tx) =>
        tx
          .update(targetUnits)
          .set({ signedAt: at, signedBy: userId(by) })
          .where(and(eq(targetUnits.targetId, targetId), eq(targetUnits.unitId, unitId(unit))))
          .run(),
      at === lastSigned ? { state: 'signed', signedAt: at } : {},
    )
  for (const { kind, label, reached, reachedOn } of track.parts) {
    if (reached === null || reachedOn === null) continue
    const at = `${reachedOn}T08:00:00.000Z`
    happened(
      track.assignedAt !== null && at < track.assignedAt ? track.assignedAt : at,
      track.supervisor,
      'record-part',
      { part: label, reached, reachedOn },
      (tx) =>
        tx
          .update(targetParts)
          .set({ reached, reachedOn })
          .where(and(eq(targetParts.targetId, targetId), eq(targetParts.kind, kind), eq(targetParts.label, label)))
          .run(),
    )
  }
  if (track.manualLight) {
    const { light, reason, at, by } = track.manualLight
    happened(at, by, 'set-light', { light, reason }, undefined, { manualLight: light, manualLightReason: reason })
  }
  addReports(track, targetId, { unitId, userId }, happened)

  for (const {
    kind,
    reason,
    deadline,
    unit,
    askedBy,
    askedAt,
    status,
    decidedBy,
    decidedAt,
    decisionReason,
  } of track.requests) {
    happened(askedAt, askedBy, `ask-${kind}`, { reason, deadline }, (tx) => {
      tx.insert(changeRequests)
        .values({
          targetId,
          kind,
          reason,
          before: kind === 'extension' ? { deadline: track.deadline } : { state: 'in_progress' },
          after: kind === 'extension' ? { deadline } : { state: 'suspended' },
          status,
          unitId: unitId(unit),
          askedBy: userId(askedBy)!,
          askedAt,
          decidedBy: userId(decidedBy),
          decidedAt,
          decisionReason,
        })
        .run()
    })
    const decision = { granted: 'grant', refused: 'refuse', withdrawn: 'withdraw-request', asked: null }[status]
    if (decision)
      happened(
        decidedAt,
        decidedBy ?? askedBy,
        decision,
        { reason: decisionReason, deadline },
        undefined,
        decision !== 'grant'
          ? undefined
          : kind === 'extension'
            ? { deadline, deadlineRule: '延期' }
            : { state: 'suspended', suspendedFrom: 'in_progress' },
      )
  }
  for (const { text, unit, sentBy, sentAt } of track.urges) {
    happened(sentAt, sentBy, 'urge', { text }, (tx) =>
      tx
        .insert(urges)
        .values({ targetId, unitId: unitId(unit), text, sentBy: userId(sentBy), sentAt })
        .run(),
    )
  }
  for (const { unit, issuedBy, answeredBy, closedBy, ...order } of track.orders) {
    happened(
      order.issuedAt,
      issuedBy,
      'issue-order',
      { number: order.number, color: order.color, text: order.text },
      (tx) => {
        tx.insert(orders)
          .values({
            ...order,
            targetId,
            unitId: unitId(unit),
            issuedBy: userId(issuedBy),
            answeredBy: userId(answeredBy),
            closedBy: userId(closedBy),
          })
          .run()
      },
    )
    happened(order.answeredAt, answeredBy, 'answer-order', { text: order.answer })
    happened(order.closedAt, closedBy, 'close-order', { number: order.number })
  }
  for (const { text, leader, at, unit } of track.instructions) {
    happened(at, leader, 'instruct', { text }, (tx) => {
      const { id } = tx
        .insert(instructions)
        .values({ targetId, leaderId: userId(leader)!, text, createdAt: at })
        .returning({ id: instructions.id })
        .get()
      tx.insert(instructionAddressees)
        .values({ instructionId: id, unitId: unit === null ? null : unitId(unit) })
        .run()
    })
  }
  for (const { unit, foundBy, foundAt, ...problem } of track.problems) {
    happened(foundAt, foundBy, 'raise-problem', { text: problem.text }, (tx) => {
      const { rectification: text, rectifiedAt, closedAt } = problem
      const course: ProblemEvent[] = []
      if (rectifiedAt !== null) course.push({ step: 'rectify-problem', at: rectifiedAt, who: null, text })
      if (closedAt !== null)
        course.push({ step: 'close-problem', at: closedAt, who: stampOf(foundBy, closedAt).displayName, text: null })
      tx.insert(problems)
        .values({ ...problem, course, targetId, unitId: unitId(unit), foundBy: userId(foundBy), createdAt: foundAt })
        .run()
    })
    happened(problem.rectifiedAt, null, 'rectify-problem', { text: problem.rectification })
    happened(problem.closedAt, foundBy, 'close-problem')
  }
  happened(track.metAt, track.metBy, 'meet', { state: 'met' }, undefined, {
    state: 'met',
    metAt: track.metAt,
    metBy: userId(track.metBy),
  })
  happened(track.closedAt, track.closedBy, 'close', { state: 'closed' }, undefined, {
    state: 'closed',
    closedAt: track.closedAt,
    closedBy: userId(track.closedBy),
  })
  return events
}

/** A report corrects one before it in the list, so that its number is known when it is written. */
function addReports(
  track: SeedTrack,
  targetId: number,
  { unitId, userId }: Pick<Directory, 'unitId' | 'userId'>,
  happened: (
    at: string | null,
    by: string | null,
    step: string,
    after?: Record<string, unknown>,
    write?: Event['write'],
    patch?: TargetColumns,
  ) => void,
): void {
  const ids: number[] = []
  track.reports.forEach((report, i) => {
    const { unit, reporter, decidedBy, corrects, ...fields } = report
    const at = report.submittedAt ?? report.decidedAt ?? `${report.asOf}T08:00:00.000Z`
    happened(
      at,
      reporter,
      report.source === 'statistics' ? 'record-statistics' : report.submittedAt === null ? 'draft' : 'submit',
      { value: report.value, asOf: report.asOf, note: report.note },
      (tx) => {
        ids[i] = Number(
          tx
            .insert(reports)
            .values({
              ...fields,
              targetId,
              unitId: unitId(unit),
              reporterId: userId(reporter),
              decidedBy: userId(decidedBy),
              correctsId: corrects === null ? null : (ids[corrects] ?? null),
              createdAt: at,
            })
            .run().lastInsertRowid,
        )
      },
      report.source === 'statistics' ? undefined : { state: report.submittedAt === null ? 'in_progress' : 'reported' },
    )
    const decision = { approved: 'approve', returned: 'return', withdrawn: 'withdraw', draft: null, submitted: null }[
      report.status
    ]
    if (decision && report.source === 'unit')
      happened(
        report.decidedAt,
        decidedBy ?? reporter,
        decision,
        { value: report.value, reason: report.decisionReason },
        undefined,
        { state: decision === 'return' ? 'returned' : 'in_progress' },
      )
  })
}

function writeParts(tx: Db, track: SeedTrack, targetId: number, unitId: Directory['unitId']): void {
  const positions = { year: 0, unit: 0, stage: 0 }
  for (const { unit, ...part } of track.parts) {
    tx.insert(targetParts)
      .values({
        ...part,
        reached: null,
        reachedOn: null,
        targetId,
        position: positions[part.kind]++,
        unitId: unit === null ? null : unitId(unit),
      })
      .run()
  }
}
