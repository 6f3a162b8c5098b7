import { asc, eq, inArray } from 'drizzle-orm'
import { UNIT_ROLES } from '../../db/domain/target-terms.ts'
import type { Db } from '../../db/open.ts'
import { counters, documents, files, targets, targetUnits } from '../../db/schema/index.ts'
import type { Seeds } from '../../seeds/load.ts'
import { findQuote, matchTargets } from '../../seeds/match.ts'
import { REVIEW_DROP_REASON, type SeedTrack } from '../../seeds/schema.ts'
import { appendAudit } from '../audit/append.ts'
import { snapshotOf } from '../review/snapshot.ts'
import { unitsOf } from '../core/target-record.ts'
import { type Event, eventsOf } from './events.ts'
import type { Directory } from './people.ts'

type TargetColumns = Partial<typeof targets.$inferInsert>

/** Lets happen what the tracks tell, in the order of time, so that the trail reads as it would have been written. */
export function replayTracks(tx: Db, seeds: Seeds, directory: Directory): { tracks: number; byHand: number } {
  const candidates = tx
    .select({
      id: targets.id,
      documentId: targets.documentId,
      document: documents.number,
      kind: targets.kind,
      indicator: targets.indicator,
      deadline: targets.deadline,
      value: targets.value,
      file: files.name,
    })
    .from(targets)
    .innerJoin(documents, eq(documents.id, targets.documentId))
    .innerJoin(files, eq(files.id, documents.fileId))
    .orderBy(asc(targets.id))
    .all()
  const found = matchTargets(
    seeds.tracks.map(({ target }) => target),
    candidates,
  )
  const events: (Event & { targetId: number })[] = []
  const followed = new Set<number>()
  let byHand = 0
  seeds.tracks.forEach((track, i) => {
    const index = found[i] ?? null
    const added = index === null
    const targetId = added ? addByHand(tx, track, directory) : candidates[index]!.id
    if (targetId === null) return
    if (added) byHand++
    followed.add(targetId)
    confirm(tx, track, targetId, directory)
    if (track.confirmedAt)
      events.push({
        targetId,
        at: track.confirmedAt,
        by: track.supervisor,
        step: added ? 'add' : 'accept',
        after: { state: 'confirmed' },
      })
    for (const event of eventsOf(track, targetId, directory)) events.push({ ...event, targetId })
  })
  events.push(
    ...dropped(
      tx,
      seeds,
      candidates.filter(({ id }) => !followed.has(id)),
    ),
  )
  write(tx, events, directory)
  continueNumbers(tx, seeds)
  return { tracks: followed.size, byHand }
}

function write(tx: Db, events: (Event & { targetId: number })[], { stampOf }: Directory): void {
  for (const { at, by, step, before, after, targetId, write: store } of events.sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  )) {
    store?.(tx)
    appendAudit(tx, stampOf(by, at), `target.${step}`, 'target', targetId, before ?? null, after)
  }
}

/** 立项 and everything that the target's own columns hold today. */
function confirm(tx: Db, track: SeedTrack, targetId: number, { userId, unitId }: Directory): void {
  const {
    state,
    droppedReason,
    confirmedAt,
    assignedAt,
    metAt,
    closedAt,
    startOn,
    reportFrequency,
    baseline,
    manualLight,
    signatures,
  } = track
  const extension = track.requests.filter(({ kind, status }) => kind === 'extension' && status === 'granted').at(-1)
  const deadline = extension?.deadline ?? track.deadline
  const columns: TargetColumns = {
    state,
    droppedReason,
    confirmedAt,
    assignedAt,
    metAt,
    closedAt,
    reportFrequency,
    supervisorId: userId(track.supervisor),
    contactLeaderId: userId(track.contactLeader),
    metBy: userId(track.metBy),
    closedBy: userId(track.closedBy),
    manualLight: manualLight?.light ?? null,
    manualLightReason: manualLight?.reason ?? null,
    suspendedFrom: state === 'suspended' ? 'in_progress' : null,
    signedAt: signatures.at(-1)?.at ?? null,
    updatedAt: closedAt ?? metAt ?? track.reports.at(-1)?.submittedAt ?? assignedAt ?? confirmedAt ?? undefined,
    version: 2,
    ...(deadline !== null ? { deadline } : {}),
    ...(startOn !== null ? { startOn } : {}),
    ...(baseline !== null
      ? { baselineValue: baseline.value, baselineUnit: baseline.unit, baselinePeriod: baseline.period }
      : {}),
  }
  tx.update(targets).set(columns).where(eq(targets.id, targetId)).run()
  if (track.units !== null) {
    tx.delete(targetUnits).where(eq(targetUnits.targetId, targetId)).run()
    for (const role of UNIT_ROLES) {
      track.units[role].forEach((name, position) =>
        tx
          .insert(targetUnits)
          .values({ targetId, role, position, name, unitId: unitId(name) })
          .run(),
      )
    }
  }
  for (const { unit, by, at } of signatures) {
    const own = tx
      .select({ id: targetUnits.id, unitId: targetUnits.unitId })
      .from(targetUnits)
      .where(eq(targetUnits.targetId, targetId))
      .all()
      .filter((row) => row.unitId === unitId(unit))
      .map(({ id }) => id)
    tx.update(targetUnits)
      .set({ signedAt: at, signedBy: userId(by) })
      .where(inArray(targetUnits.id, own))
      .run()
  }
}

/** A target that the extraction missed, added from its words in the document as a supervisor would; null where they are not there. */
function addByHand(tx: Db, { target, deadline, confirmedAt }: SeedTrack, _directory: Directory): number | null {
  const document = tx
    .select({
      id: documents.id,
      start: documents.start,
      end: documents.end,
      issuedOn: documents.issuedOn,
      rawText: files.rawText,
    })
    .from(documents)
    .innerJoin(files, eq(files.id, documents.fileId))
    .where(eq(documents.number, target.document))
    .get()
  const span = document && findQuote(document.rawText.slice(document.start, document.end), target.quote)
  if (!document || !span) return null
  const start = document.start + span.start
  const end = document.start + span.end
  const at = confirmedAt ?? '2024-12-03T02:00:00.000Z'
  const { kind, indicator, op, value, unit, measure } = target
  return Number(
    tx
      .insert(targets)
      .values({
        documentId: document.id,
        kind,
        indicator,
        op,
        value,
        unit,
        measure,
        deadline,
        deadlineBasis: deadline === null ? 'none' : 'document',
        confidence: 1,
        start,
        end,
        clauseStart: start,
        clauseEnd: end,
        clausePath: [],
        evidence: document.rawText.slice(start, end).replace(/\s+/g, ''),
        startOn: document.issuedOn,
        createdAt: at,
        updatedAt: at,
      })
      .run().lastInsertRowid,
  )
}

/** What the review of a file left out. */
function dropped(tx: Db, seeds: Seeds, left: { id: number; file: string }[]): (Event & { targetId: number })[] {
  return left.flatMap(({ id, file }) => {
    const seed = seeds.files.find((candidate) => candidate.file === file)
    if (!seed?.reviewed) return []
    const at = new Date(Date.parse(seed.importedAt) + 3_600_000).toISOString()
    const droppedReason = REVIEW_DROP_REASON
    const before = snapshotOf(tx.select().from(targets).where(eq(targets.id, id)).get()!, unitsOf(tx, id))
    return [
      {
        targetId: id,
        at,
        by: seed.importedBy,
        step: 'drop',
        before,
        after: { state: 'dropped', reason: droppedReason },
        write: (db: Db) => {
          db.update(targets)
            .set({ state: 'dropped', droppedReason, version: 2, updatedAt: at })
            .where(eq(targets.id, id))
            .run()
        },
      },
    ]
  })
}

/** The next 督办单 gets the number after the last one of the demo. */
function continueNumbers(tx: Db, seeds: Seeds): void {
  const last = new Map<number, number>()
  for (const { number } of seeds.tracks.flatMap(({ orders }) => orders)) {
    const [, year, n] = /〔(\d{4})〕(\d+)号/.exec(number) ?? []
    if (year && n) last.set(Number(year), Math.max(last.get(Number(year)) ?? 0, Number(n)))
  }
  for (const [year, n] of last) tx.insert(counters).values({ name: 'order', year, last: n }).run()
}
