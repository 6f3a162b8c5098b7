import { answeringUnits } from '../../db/domain/answering-units.ts'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { emptyFields, MENDED_FIELDS } from '../../db/domain/target-fields.ts'
import { gatherRows } from '../../db/gathered-rows.ts'
import type { Db } from '../../db/open.ts'
import { lightSpans, reports, targets, targetUnits } from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import { firstSpans } from '../core/light-spans.ts'
import { rememberNames } from '../core/name-finder.ts'
import { notify } from '../core/notify.ts'
import { writeVersion } from '../core/versions.ts'
import { wrongState } from '../errors.ts'
import type { Keeper } from './keeper.ts'
import { basisOf, isSameBasis, type LedgerBasis } from './ledger-basis.ts'
import { type LedgerFile, placesOf, storeLedgerFile } from './ledger-file.ts'
import type { LedgerRecord } from './ledger-list.ts'
import type { Evaluated } from './preview.ts'

type StoredUnit = Omit<typeof targetUnits.$inferInsert, 'id' | 'targetId'> & { isGroup: boolean }

/** What is written of each row's target, its units and its report. */
const TARGET_KEYS = [
  ...MENDED_FIELDS,
  'deadlineBasis',
  'deadlineRule',
  'deadlineWords',
  'documentId',
  'start',
  'end',
  'clauseStart',
  'clauseEnd',
  'state',
  'confidence',
  'supervisorId',
  'clausePath',
  'evidence',
  'confirmedAt',
  'assignedAt',
  'createdAt',
  'updatedAt',
] as const
const UNIT_KEYS = ['targetId', 'role', 'name', 'unitId', 'position'] as const
const REPORT_KEYS = [
  'value',
  'done',
  'asOf',
  'note',
  'problems',
  'nextSteps',
  'targetId',
  'unitId',
  'source',
  'status',
  'submittedAt',
  'decidedAt',
  'decidedBy',
  'intakeId',
  'createdAt',
] as const
const SPAN_KEYS = [
  'targetId',
  'fromDay',
  'toDay',
  'light',
  'late',
  'progress',
  'value',
  'valueAsOf',
  'missingBaseline',
] as const

const EMPTY = emptyFields(MENDED_FIELDS)

/** A ledger that is ready to be stored: all that is left to do while everybody else waits is to copy rows. */
export interface GatheredLedger {
  /**
   * Stores the file as a document, each row as a target whose evidence is the row itself, and how far it has come as a first
   * report marked 导入. To be called once, in one transaction.
   * @throws {Problem} 409 where units or thresholds have changed since it was gathered
   */
  store: (tx: Db, keeper: Keeper) => Record<string, number>
}

/**
 * Gathers all that the rows of a ledger become, before the transaction that stores it.
 * @param assign whether items with units that can answer are 交办 at once; the others are 已立项, and those of a group too: its
 * members get a part each with 交办, where somebody says how these make the whole
 * @param progress told how many rows have been gathered
 */
export function gatherLedger(
  db: Db,
  stamp: Stamp,
  rows: readonly Evaluated<LedgerRecord>[],
  file: LedgerFile,
  assign: boolean,
  progress: (done: number) => void,
): GatheredLedger {
  const names = new Set(rows.flatMap(({ record }) => record?.units.map(({ name }) => name) ?? []))
  const basis = basisOf(db, names)
  const today = shanghaiDate(new Date(stamp.at))
  const places = placesOf(file)
  const newTargets = gatherRows(db, targets, TARGET_KEYS)
  const newUnits = gatherRows(db, targetUnits, UNIT_KEYS)
  const newReports = gatherRows(db, reports, REPORT_KEYS)
  const newSpans = gatherRows(db, lightSpans, SPAN_KEYS)
  const given = new Map<number, number>()
  let [made, assigned, reported] = [0, 0, 0]

  function gather(row: number, record: LedgerRecord): void {
    const { report, units: named, path, ...fields } = record
    const own = unitsOf(named, basis)
    const answering = answeringUnits(own.map((unit) => ({ ...unit, unitId: unit.unitId ?? null, signed: false })))
    const isGiven = assign && answering.length > 0 && own.every(({ unitId, isGroup }) => unitId != null && !isGroup)
    const place = places.get(row) ?? { start: 0, end: 0 }
    const target = {
      ...EMPTY,
      ...fields,
      reporting: 'any',
      rollUp: 'worst',
      documentId: 0,
      ...place,
      clauseStart: place.start,
      clauseEnd: place.end,
      state: !isGiven ? 'confirmed' : report ? 'in_progress' : 'assigned',
      confidence: 1,
      deadlineBasis: fields.deadline === null ? 'none' : 'explicit',
      deadlineRule: fields.deadline === null ? null : '导入台账',
      clausePath: path,
      evidence: file.text.slice(place.start, place.end).replace(/[\t\n]+/g, '　'),
      supervisorId: isGiven ? stamp.id : null,
      confirmedAt: stamp.at,
      assignedAt: isGiven ? stamp.at : null,
      createdAt: stamp.at,
      updatedAt: stamp.at,
    } as const
    const targetId = newTargets.add(target)
    made++
    for (const { isGroup: _isGroup, ...unit } of own) newUnits.add({ ...unit, targetId })
    const unitId = answering[0]?.unitId ?? null
    if (report) {
      reported++
      newReports.add({
        ...report,
        targetId,
        unitId,
        source: 'unit',
        status: 'approved',
        submittedAt: stamp.at,
        decidedAt: stamp.at,
        decidedBy: stamp.id,
        intakeId: file.intakeId,
        createdAt: stamp.at,
      })
    }
    if (!isGiven) return
    assigned++
    for (const one of own) if (one.unitId != null) given.set(one.unitId, (given.get(one.unitId) ?? 0) + 1)
    const line = { ...target, metAt: null }
    for (const span of firstSpans(line, report ? [{ ...report, unitId }] : [], today, basis.lights))
      newSpans.add({ ...span, targetId })
  }

  // One transaction of temporary tables, which nobody waits for: each row by itself would be one.
  db.transaction(() => {
    for (const { row, record } of rows) {
      if (record === null) continue
      gather(row, record)
      progress(made)
    }
  })
  return {
    store: (tx, keeper) => {
      if (!isSameBasis(basis, basisOf(tx, names)))
        throw wrongState('单位或亮灯规则刚刚有变动，没有存入任何内容，请重新确认一次。')
      const documentId = storeLedgerFile(tx, stamp, keeper, file)
      rememberNames(tx, stamp, names)
      const after = newTargets.write({ documentId })
      newUnits.write({ targetId: after })
      newReports.write({ targetId: after })
      keeper.made('target', ...Array.from({ length: made }, (_, i) => after + 1 + i))
      writeVersion(tx, { after }, 'intake', stamp)
      newSpans.write({ targetId: after })
      tellUnits(tx, stamp, file, given)
      return { made, assigned, reports: reported }
    },
  }
}

/** One message for each unit, of however many items. */
function tellUnits(tx: Db, stamp: Stamp, file: LedgerFile, given: ReadonlyMap<number, number>): void {
  for (const [unitId, count] of given)
    notify(tx, {
      kind: 'assigned',
      causeKey: `intake:${file.intakeId}:${unitId}`,
      text: `督查室导入台账《${file.name}》，其中 ${count} 项由本单位承办，请在我的任务中签收`,
      to: { unitIds: [unitId] },
      at: stamp.at,
    })
}

/** The units of a row, each in one role once. */
function unitsOf(named: LedgerRecord['units'], basis: LedgerBasis): StoredUnit[] {
  const position = { lead: 0, responsible: 0, support: 0 }
  const seen = new Set<string>()
  return named.flatMap(({ role, name }) => {
    const { id: unitId, isGroup } = basis.units.get(name) ?? { id: null, isGroup: false }
    const key = `${role} ${unitId ?? name}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ role, name, unitId, position: position[role]++, isGroup }]
  })
}
