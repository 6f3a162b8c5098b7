import { answeringUnits } from '../../db/domain/answering-units.ts'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { emptyFields, MENDED_FIELDS } from '../../db/domain/target-fields.ts'
import type { Db } from '../../db/open.ts'
import { gatherRows } from '../../db/gathered-rows.ts'
import { documents, files, reports, targets, targetUnits, units } from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import { type ReadPlaces, storePlaces } from '../core/file-places.ts'
import { rewriteSpans } from '../core/light-spans.ts'
import { NameFinder, resolveName } from '../core/name-finder.ts'
import { notify } from '../core/notify.ts'
import { indexDocuments, LARGE_FILE_BYTES } from '../core/search-index.ts'
import { presentUnit } from '../core/target-units.ts'
import { writeVersion } from '../core/versions.ts'
import type { FormId } from '../readers/index.ts'
import type { Keeper } from './keeper.ts'
import type { LedgerRecord } from './ledger-list.ts'
import type { Evaluated } from './preview.ts'

/** The file of a ledger as it was read: what it said stays beside every item that came from it. */
interface LedgerFile extends ReadPlaces {
  intakeId: number
  sha256: string
  name: string
  format: FormId
  size: number
  /** The sheet that the items are from. */
  sheet: string
}

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

const EMPTY = emptyFields(MENDED_FIELDS)

/** What a row of a ledger becomes, as far as that is known before it is stored. */
interface LedgerDraft extends Pick<LedgerRecord, 'units' | 'report'> {
  target: Omit<
    Pick<typeof targets.$inferInsert, (typeof TARGET_KEYS)[number]>,
    'documentId' | 'state' | 'supervisorId' | 'confirmedAt' | 'assignedAt' | 'createdAt' | 'updatedAt'
  >
}

/** Rows that are right as what they become. Made before the transaction that stores them, in which everybody else waits. */
export function draftLedger(rows: readonly Evaluated<LedgerRecord>[], file: LedgerFile): LedgerDraft[] {
  const places = placesOf(file)
  return rows.flatMap(({ row, record }) => {
    if (record === null) return []
    const { report, units: named, path, ...fields } = record
    const place = places.get(row) ?? { start: 0, end: 0 }
    const target: LedgerDraft['target'] = {
      ...EMPTY,
      ...fields,
      reporting: 'any',
      rollUp: 'worst',
      ...place,
      clauseStart: place.start,
      clauseEnd: place.end,
      confidence: 1,
      deadlineBasis: fields.deadline === null ? 'none' : 'explicit',
      deadlineRule: fields.deadline === null ? null : '导入台账',
      clausePath: path,
      evidence: file.text.slice(place.start, place.end).replace(/[\t\n]+/g, '　'),
    }
    return [{ target, units: named, report }]
  })
}

/**
 * Stores a ledger: the file as a document, each row as a target whose evidence is the row itself, and how far it has come
 * as a first report marked 导入. To be called in one transaction.
 * @param assign whether items with units that can answer are 交办 at once; the others are 已立项, and those of a group too: its
 * members get a part each with 交办, where somebody says how these make the whole
 * @param progress told how many rows have been prepared for writing
 */
export function storeLedger(
  tx: Db,
  stamp: Stamp,
  drafts: readonly LedgerDraft[],
  keeper: Keeper,
  file: LedgerFile,
  assign: boolean,
  progress: (done: number) => void,
): Record<string, number> {
  const documentId = storeFile(tx, stamp, keeper, file)
  const unitsOf = unitResolver(tx, stamp, drafts)
  const today = shanghaiDate(new Date(stamp.at))
  const [made, tracked]: [number[], number[]] = [[], []]
  const newTargets = gatherRows(tx, targets, TARGET_KEYS)
  const newUnits = gatherRows(tx, targetUnits, UNIT_KEYS)
  const newReports = gatherRows(tx, reports, REPORT_KEYS)
  let reported = 0
  const given = new Map<number, number>()
  for (const { target, units: named, report } of drafts) {
    const own = unitsOf(named)
    const answering = answeringUnits(own.map((unit) => ({ ...unit, unitId: unit.unitId ?? null, signed: false })))
    const isGiven = assign && answering.length > 0 && own.every(({ unitId, isGroup }) => unitId != null && !isGroup)
    const id = newTargets.add({
      ...target,
      documentId,
      state: !isGiven ? 'confirmed' : report ? 'in_progress' : 'assigned',
      supervisorId: isGiven ? stamp.id : null,
      confirmedAt: stamp.at,
      assignedAt: isGiven ? stamp.at : null,
      createdAt: stamp.at,
      updatedAt: stamp.at,
    })
    made.push(id)
    for (const { isGroup: _isGroup, ...unit } of own) newUnits.add({ ...unit, targetId: id })
    if (report) {
      reported++
      newReports.add({
        ...report,
        targetId: id,
        unitId: answering[0]?.unitId ?? null,
        source: 'unit',
        status: 'approved',
        submittedAt: stamp.at,
        decidedAt: stamp.at,
        decidedBy: stamp.id,
        intakeId: file.intakeId,
        createdAt: stamp.at,
      })
    }
    if (isGiven) {
      tracked.push(id)
      for (const { unitId } of own) if (unitId != null) given.set(unitId, (given.get(unitId) ?? 0) + 1)
    }
    progress(made.length)
  }
  for (const rows of [newTargets, newUnits, newReports]) rows.write()
  keeper.made('target', ...made)
  writeVersion(tx, { after: made[0]! - 1 }, 'intake', stamp)
  rewriteSpans(tx, tracked, today)
  for (const [unitId, count] of given)
    notify(tx, {
      kind: 'assigned',
      causeKey: `intake:${file.intakeId}:${unitId}`,
      text: `督查室导入台账《${file.name}》，其中 ${count} 项由本单位承办，请在我的任务中签收`,
      to: { unitIds: [unitId] },
      at: stamp.at,
    })
  return { made: made.length, assigned: tracked.length, reports: reported }
}

function storeFile(tx: Db, stamp: Stamp, keeper: Keeper, file: LedgerFile): number {
  const { sha256, name, format, size, text, pages, sheets } = file
  const fileId = tx
    .insert(files)
    .values({ sha256, name, format, size, rawText: text, importedBy: stamp.id, importedAt: stamp.at })
    .returning({ id: files.id })
    .get().id
  keeper.made('file', fileId)
  storePlaces(tx, fileId, { text, pages, sheets })
  const document = tx
    .insert(documents)
    .values({
      fileId,
      number: null,
      title: name.replace(/\.[^.]+$/, ''),
      issuer: null,
      issuedOn: null,
      start: 0,
      end: text.length,
      createdAt: stamp.at,
    })
    .returning()
    .get()
  if (size > LARGE_FILE_BYTES) indexDocuments(tx, text, [document])
  return document.id
}

/** The line of the text that a row of the sheet has become. */
const placesOf = ({ sheets = [], sheet }: LedgerFile): Map<number, { start: number; end: number }> =>
  new Map(
    sheets.find(({ name }) => name === sheet)?.rows.map(({ number, start, end }) => [number, { start, end }]) ?? [],
  )

/** Gives the units of a row. Every name is looked up once for the whole list, and one that is certain is remembered. */
function unitResolver(
  tx: Db,
  stamp: Stamp,
  drafts: readonly LedgerDraft[],
): (named: LedgerDraft['units']) => StoredUnit[] {
  const names = new Set(drafts.flatMap(({ units: named }) => named.map(({ name }) => name)))
  const finder = new NameFinder(tx)
  const unitOf = (name: string): number | null => {
    const id = resolveName(tx, stamp, name, finder)
    return id === null ? null : presentUnit(tx, id)
  }
  const groups = new Map(
    tx
      .select({ id: units.id, kind: units.kind })
      .from(units)
      .all()
      .map(({ id, kind }) => [id, kind === 'group']),
  )
  const ids = new Map([...names].map((name) => [name, unitOf(name)]))
  return (named) => {
    const position = { lead: 0, responsible: 0, support: 0 }
    const seen = new Set<string>()
    return named.flatMap(({ role, name }) => {
      const unitId = ids.get(name) ?? null
      const key = `${role} ${unitId ?? name}`
      if (seen.has(key)) return []
      seen.add(key)
      const isGroup = unitId !== null && groups.get(unitId) === true
      return [{ role, name, unitId, position: position[role]++, isGroup }]
    })
  }
}
