import { max } from 'drizzle-orm'
import { answeringUnits } from '../../db/domain/answering-units.ts'
import { shanghaiDate } from '../../db/domain/dates.ts'
import { emptyFields, MENDED_FIELDS } from '../../db/domain/target-fields.ts'
import type { Db } from '../../db/open.ts'
import { rowInserter } from '../../db/row-inserter.ts'
import { documents, files, reports, targets, targetUnits, units } from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import { type ReadPlaces, storePlaces } from '../core/file-places.ts'
import { rewriteSpans } from '../core/light-spans.ts'
import { rememberNames } from '../core/name-finder.ts'
import { notify } from '../core/notify.ts'
import { indexDocuments, LARGE_FILE_BYTES } from '../core/search-index.ts'
import { resolveUnits } from '../core/target-units.ts'
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
  'contactLeaderId',
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

/**
 * Stores a ledger: the file as a document, each row as a target whose evidence is the row itself, and how far it has come
 * as a first report marked 导入. To be called in one transaction.
 * @param assign whether items with units that can answer are 交办 at once; the others are 已立项, and those of a group too: its
 * members get a part each with 交办, where somebody says how these make the whole
 * @param progress told how many rows have been written
 */
export function storeLedger(
  tx: Db,
  stamp: Stamp,
  rows: readonly Evaluated<LedgerRecord>[],
  keeper: Keeper,
  file: LedgerFile,
  assign: boolean,
  progress: (done: number) => void,
): Record<string, number> {
  const documentId = storeFile(tx, stamp, keeper, file)
  const places = placesOf(file)
  const unitsOf = unitResolver(tx, stamp, rows)
  const lastBefore = tx
    .select({ id: max(targets.id) })
    .from(targets)
    .get()?.id
  const today = shanghaiDate(new Date(stamp.at))
  const tracked: number[] = []
  const insertTarget = rowInserter(tx, targets, TARGET_KEYS)
  const insertUnit = rowInserter(tx, targetUnits, UNIT_KEYS)
  const insertReport = rowInserter(tx, reports, REPORT_KEYS)
  let reported = 0
  const given = new Map<number, number>()
  let done = 0
  for (const { row, record } of rows) {
    if (record === null) continue
    const { report, units: _names, path, ...fields } = record
    const own = unitsOf(record)
    const answering = answeringUnits(own.map((unit) => ({ ...unit, unitId: unit.unitId ?? null, signed: false })))
    const isGiven = assign && answering.length > 0 && own.every(({ unitId, isGroup }) => unitId != null && !isGroup)
    const place = places.get(row) ?? { start: 0, end: 0 }
    const id = insertTarget({
      ...emptyFields(MENDED_FIELDS),
      ...fields,
      reporting: 'any',
      rollUp: 'worst',
      documentId,
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
    })
    keeper.made('target', id)
    for (const { isGroup: _isGroup, ...unit } of own) insertUnit({ ...unit, targetId: id })
    if (report) {
      reported++
      insertReport({
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
    progress(++done)
  }
  writeVersion(tx, { after: lastBefore ?? 0 }, 'intake', stamp)
  rewriteSpans(tx, tracked, today)
  for (const [unitId, count] of given)
    notify(tx, {
      kind: 'assigned',
      causeKey: `intake:${file.intakeId}:${unitId}`,
      text: `督查室导入台账《${file.name}》，其中 ${count} 项由本单位承办，请在我的任务中签收`,
      to: { unitIds: [unitId] },
      at: stamp.at,
    })
  return { made: done, assigned: tracked.length, reports: reported }
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
  rows: readonly Evaluated<LedgerRecord>[],
): (record: LedgerRecord) => StoredUnit[] {
  const names = new Set(rows.flatMap(({ record }) => record?.units.map(({ name }) => name) ?? []))
  rememberNames(tx, stamp, names)
  const groups = new Map(
    tx
      .select({ id: units.id, kind: units.kind })
      .from(units)
      .all()
      .map(({ id, kind }) => [id, kind === 'group']),
  )
  const ids = new Map(
    [...names].map((name) => [name, resolveUnits(tx, [{ role: 'lead', name }], stamp)[0]?.unitId ?? null]),
  )
  return ({ units: own }) => {
    const position = { lead: 0, responsible: 0, support: 0 }
    const seen = new Set<string>()
    return own.flatMap(({ role, name }) => {
      const unitId = ids.get(name) ?? null
      const key = `${role} ${unitId ?? name}`
      if (seen.has(key)) return []
      seen.add(key)
      const isGroup = unitId !== null && groups.get(unitId) === true
      return [{ role, name, unitId, position: position[role]++, isGroup }]
    })
  }
}
