import { asc, eq } from 'drizzle-orm'
import type { Step } from '../../db/domain/lifecycle.ts'
import type { State } from '../../db/domain/states.ts'
import { UNIT_ROLES } from '../../db/domain/target-terms.ts'
import type { Db } from '../../db/open.ts'
import { counters, documents, files, targets, targetUnits } from '../../db/schema/index.ts'
import type { Seeds } from '../../seeds/load.ts'
import { findQuote, matchTargets } from '../../seeds/match.ts'
import { REVIEW_DROP_REASON, type SeedTrack } from '../../seeds/schema.ts'
import { appendAudit } from '../audit/append.ts'
import { type VersionStep, writeVersion } from '../core/versions.ts'
import { snapshotOf } from '../review/snapshot.ts'
import { unitsOf } from '../core/target-record.ts'
import { clientOf } from '../../db/client.ts'
import { replaySpans } from '../../db/replay-spans.ts'
import { unitsOfAdded } from './added-units.ts'
import { type Event, eventsOf, type TargetColumns } from './events.ts'
import type { Directory } from './people.ts'

/** When the office of the demo takes up what has no date of its own. */
const BEGINNING = '2024-12-03T02:00:00.000Z'

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
    const own = [
      ...confirmed(track, targetId, added, directory),
      ...eventsOf(track, targetId, directory).map((event) => ({ ...event, targetId })),
    ].sort(byTime)
    const last = own.at(-1)
    if (last) last.patch = { ...last.patch, state: track.state }
    events.push(...own)
  })
  events.push(
    ...dropped(
      tx,
      seeds,
      candidates.filter(({ id }) => !followed.has(id)),
    ),
  )
  write(tx, events, directory)
  replaySpans(clientOf(tx), [...new Set(events.map(({ targetId }) => targetId))])
  continueNumbers(tx, seeds)
  return { tracks: followed.size, byHand }
}

const byTime = (a: Event, b: Event) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)

/** States in which a report moves nothing. */
const RESTING: readonly State[] = ['suspended', 'met', 'closed']

function write(tx: Db, events: (Event & { targetId: number })[], { stampOf }: Directory): void {
  for (const { at, by, step, before, after, targetId, patch, write: store } of events.sort(byTime)) {
    store?.(tx)
    const { state, version } = tx.select().from(targets).where(eq(targets.id, targetId)).get()!
    const next = RESTING.includes(state) && REPORTING.has(step) ? {} : { ...patch }
    tx.update(targets)
      .set({ ...next, version: version + 1, updatedAt: at })
      .where(eq(targets.id, targetId))
      .run()
    const stamp = stampOf(by, at)
    appendAudit(tx, stamp, `target.${step}`, 'target', targetId, before ?? null, after)
    const reason = REASON_IN_VERSION.has(step) ? ((after.reason as string | null | undefined) ?? null) : null
    writeVersion(tx, [targetId], step as VersionStep, stamp, { reason })
  }
}

const REPORTING: ReadonlySet<string> = new Set<Step>(['draft', 'submit', 'approve', 'return', 'withdraw'])
/** Steps whose reason stands nowhere but in the version that they made. */
const REASON_IN_VERSION: ReadonlySet<string> = new Set<Step>(['drop', 'set-light'])

/** 立项, or 手工增加 of what the extraction missed. */
function confirmed(
  track: SeedTrack,
  targetId: number,
  added: boolean,
  { unitId }: Directory,
): (Event & { targetId: number })[] {
  const { confirmedAt, deadline, startOn, baseline } = track
  const units = added ? unitsOfAdded(track) : track.units
  if (confirmedAt === null && !added) return []
  const patch: TargetColumns = {
    state: 'confirmed',
    confirmedAt,
    droppedReason: track.droppedReason,
    ...(deadline !== null ? { deadline } : {}),
    ...(startOn !== null ? { startOn } : {}),
    ...(baseline !== null
      ? { baselineValue: baseline.value, baselineUnit: baseline.unit, baselinePeriod: baseline.period }
      : {}),
  }
  return [
    {
      targetId,
      at: confirmedAt ?? BEGINNING,
      by: track.supervisor,
      step: added ? 'add' : 'accept',
      after: { state: 'confirmed' },
      patch,
      write: (tx) => {
        if (units === null) return
        tx.delete(targetUnits).where(eq(targetUnits.targetId, targetId)).run()
        for (const role of UNIT_ROLES)
          units[role].forEach((name, position) =>
            tx
              .insert(targetUnits)
              .values({ targetId, role, position, name, unitId: unitId(name) })
              .run(),
          )
      },
    },
  ]
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
  const at = confirmedAt ?? BEGINNING
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
        patch: { state: 'dropped' as const, droppedReason },
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
