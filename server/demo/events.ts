import type { Db } from '../../db/open.ts'
import { changeRequests, instructions, orders, problems, reports, targetParts, urges } from '../../db/schema/index.ts'
import type { SeedTrack } from '../../seeds/schema.ts'
import type { Directory } from './people.ts'

/** Something that happened to a target: written in the order of time, with its line in the trail. */
export interface Event {
  at: string
  /** User name; null for nobody in particular. */
  by: string | null
  /** Step of the life cycle. */
  step: string
  /** What the target was, for a step that can be taken back. */
  before?: Record<string, unknown>
  after: Record<string, unknown>
  write?: (tx: Db) => void
}

/** Everything of a track beside its 立项, as events. `targetId` is the target it happened to. */
export function eventsOf(track: SeedTrack, targetId: number, { unitId, userId }: Directory): Event[] {
  const events: Event[] = []
  const happened = (
    at: string | null,
    by: string | null,
    step: string,
    after: Record<string, unknown> = {},
    write?: Event['write'],
  ) => {
    if (at !== null) events.push({ at, by, step, after, write })
  }
  happened(track.assignedAt, track.supervisor, 'assign', { state: 'assigned' }, (tx) =>
    writeParts(tx, track, targetId, unitId),
  )
  for (const { unit, by, at } of track.signatures) happened(at, by, 'sign', { unit })
  if (track.manualLight)
    happened(track.manualLight.at, track.manualLight.by, 'set-light', {
      light: track.manualLight.light,
      reason: track.manualLight.reason,
    })
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
    if (decision) happened(decidedAt, decidedBy ?? askedBy, decision, { reason: decisionReason, deadline })
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
  for (const { text, leader, at } of track.instructions) {
    happened(at, leader, 'instruct', { text }, (tx) =>
      tx
        .insert(instructions)
        .values({ targetId, leaderId: userId(leader)!, text, createdAt: at })
        .run(),
    )
  }
  for (const { unit, foundBy, foundAt, ...problem } of track.problems) {
    happened(foundAt, foundBy, 'raise-problem', { text: problem.text }, (tx) => {
      tx.insert(problems)
        .values({ ...problem, targetId, unitId: unitId(unit), foundBy: userId(foundBy), createdAt: foundAt })
        .run()
    })
    happened(problem.rectifiedAt, null, 'rectify-problem', { text: problem.rectification })
    happened(problem.closedAt, foundBy, 'close-problem')
  }
  happened(track.metAt, track.metBy, 'meet', { state: 'met' })
  happened(track.closedAt, track.closedBy, 'close', { state: 'closed' })
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
    )
    const decision = { approved: 'approve', returned: 'return', withdrawn: 'withdraw', draft: null, submitted: null }[
      report.status
    ]
    if (decision && report.source === 'unit')
      happened(report.decidedAt, decidedBy ?? reporter, decision, {
        value: report.value,
        reason: report.decisionReason,
      })
  })
}

function writeParts(tx: Db, track: SeedTrack, targetId: number, unitId: Directory['unitId']): void {
  const positions = { year: 0, unit: 0, stage: 0 }
  for (const { unit, ...part } of track.parts) {
    tx.insert(targetParts)
      .values({ ...part, targetId, position: positions[part.kind]++, unitId: unit === null ? null : unitId(unit) })
      .run()
  }
}
