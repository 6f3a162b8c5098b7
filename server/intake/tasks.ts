/** What is done with a list where there may be much of it: in a process of its own, or in this one for a database in memory. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { and, eq, isNull } from 'drizzle-orm'
import type { FirstEntry, IntakeKind } from '../../db/domain/intake-terms.ts'
import type { Db } from '../../db/open.ts'
import { files, type IntakeLayout, type IntakePreview, type IntakeRow, intakes } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { keepOriginal, removeOriginal } from '../core/originals.ts'
import { getUser } from '../core/users.ts'
import { conflict, Problem, wrongState } from '../errors.ts'
import { readDocument } from '../readers/index.ts'
import { readSheets, type Sheet } from '../readers/sheets.ts'
import type { PasswordCost } from '../session/passwords.ts'
import { readSetting } from '../settings/store.ts'
import { COLUMNS } from './columns.ts'
import { type FirstSecret, makeFirstEntries, storeLinks } from './first-entries.ts'
import { gridOfText, guessLayout, headersOfLayout, layoutAt, listRows } from './grid.ts'
import { Keeper } from './keeper.ts'
import { evaluateLedger, type LedgerRecord } from './ledger-list.ts'
import { gatherLedger } from './ledger-store.ts'
import { evaluatePeople, type PersonRecord, storePeople } from './people-list.ts'
import type { Evaluated } from './preview.ts'
import { countVerdicts, forgetRows, keepRows, keptRows } from './rows.ts'
import { getIntake, type Intake, openIntake, rememberedHeaders, rememberHeaders } from './store.ts'
import { undoIntake } from './undo.ts'
import { evaluateUnits, storeUnits, type UnitRecord } from './units-list.ts'

/** Rows of one list. */
const MOST_ROWS: Readonly<Record<IntakeKind, number>> = { units: 3000, people: 3000, ledger: 20_000 }

/** What a person says when confirming. */
interface Confirmation {
  version: number
  /** Rows that are left out although they are right, and doubtful ones that are taken in. */
  leaveOut: readonly number[]
  takeIn: readonly number[]
  /** The right rows are stored although others have faults. */
  withoutWrong: boolean
  /** 台账: items with units that can answer are 交办 at once. */
  assign: boolean
  /** 人员: how they get in for the first time. */
  entry: FirstEntry
}

/** A file that lies somewhere (it is left alone), or lines that were pasted. */
type GivenList = { fileName: string; path: string } | { fileName: null; text: string }

export type IntakeTask =
  | ({ do: 'open'; kind: IntakeKind; stamp: Stamp } & GivenList)
  | { do: 'lay-out'; kind: IntakeKind; id: number; version: number; layout: Partial<IntakeLayout>; stamp: Stamp }
  | {
      do: 'confirm'
      kind: IntakeKind
      id: number
      said: Confirmation
      stamp: Stamp
      dataDir: string
      cost: PasswordCost
    }
  | { do: 'undo'; kind: IntakeKind; id: number; stamp: Stamp; dataDir: string }

export interface IntakeAnswer {
  id: number
  /** One-time passwords or links, told this once. */
  secrets: FirstSecret[]
}

/** Rows written so far, and rows in all. */
export interface IntakeProgress {
  done: number
  of: number
}

/** What a task may do beside its work. */
export interface IntakeMeans {
  showProgress: (progress: IntakeProgress) => void
  /** Asks for so many more seconds of a processor, before work that is honestly slow. */
  moreTime: (seconds: number) => void
  /** Whether the server that asked still runs: after its end nothing of a list may be written. */
  isWanted: () => boolean
}

/**
 * Seconds of a processor that storing one row takes at most, on a slow machine too. A person has a first password, which is
 * hashed slowly on purpose.
 */
const SECONDS_A_ROW: Readonly<Record<IntakeKind, number>> = { units: 0.02, people: 0.2, ledger: 0.02 }
/** Seconds more for going back over a list: nothing of strangers is read for it, and a ledger has 20,000 rows. */
const SECONDS_TO_UNDO = 180
/** Rows between two words of how far it is. */
const SHOWN_EVERY = 100

/** Does one task. @throws {Problem} or {ReadError} for whatever the list or the moment does not allow */
export async function runIntakeTask(db: Db, task: IntakeTask, means: IntakeMeans): Promise<IntakeAnswer> {
  switch (task.do) {
    case 'open':
      return { id: await open(db, task), secrets: [] }
    case 'lay-out':
      await layOut(db, task)
      return { id: task.id, secrets: [] }
    case 'confirm':
      return { id: task.id, secrets: await confirm(db, task, means) }
    case 'undo': {
      const { stamp, dataDir } = task
      means.moreTime(SECONDS_TO_UNDO)
      const gone = inTransaction(db, (tx) => {
        const taken = undoIntake(tx, stamp, getIntake(tx, task.kind, task.id))
        refuseUnwanted(means)
        return taken
      })
      for (const sha256 of gone) removeOriginal(db, dataDir, sha256)
      return { id: task.id, secrets: [] }
    }
  }
}

/** @throws {Error} where nobody is there any more to be told of it: nothing of the transaction may stay */
function refuseUnwanted({ isWanted }: IntakeMeans): void {
  if (!isWanted()) throw new Error('the server that asked for this has ended')
}

/** The sheets of a list: of its file, or the pasted lines as one. */
async function sheetsOf({ fileName, bytes }: { fileName: string | null; bytes: Uint8Array | null }): Promise<Sheet[]> {
  if (bytes === null) throw wrongState('这次导入已经办理，请重新选择文件。')
  return fileName === null ? [gridOfText(Buffer.from(bytes).toString('utf8'))] : await readSheets(bytes, fileName)
}

async function open(db: Db, task: Extract<IntakeTask, { do: 'open' }>): Promise<number> {
  const { kind, fileName, stamp } = task
  const bytes = task.fileName === null ? Buffer.from(task.text, 'utf8') : readFileSync(task.path)
  const sheets = await sheetsOf({ fileName, bytes })
  if (sheets.every(({ rows }) => rows.length === 0))
    throw new Problem(422, 'empty', '没有内容', fileName === null ? '请先粘贴名单。' : `《${fileName}》里没有内容。`)
  const layout = guessLayout(kind, sheets, rememberedHeaders(db, kind))
  const rows = evaluate(db, { kind, fileName, layout }, sheets, stamp.at)
  const preview = previewOf(sheets, layout)
  return inTransaction(db, (tx) => {
    // its process may have been ended and the task begun again just when all was stored
    const stored = tx
      .select({ id: intakes.id })
      .from(intakes)
      .where(
        and(
          eq(intakes.kind, kind),
          eq(intakes.status, 'open'),
          eq(intakes.createdAt, stamp.at),
          stamp.id === null ? isNull(intakes.createdBy) : eq(intakes.createdBy, stamp.id),
          fileName === null ? isNull(intakes.fileName) : eq(intakes.fileName, fileName),
          eq(intakes.bytes, bytes),
        ),
      )
      .get()
    if (stored) return stored.id
    const { id } = tx
      .insert(intakes)
      .values({ kind, fileName, bytes, layout, preview, createdBy: stamp.id, createdAt: stamp.at })
      .returning({ id: intakes.id })
      .get()
    keepRows(tx, id, rows.map(shownRow))
    return id
  })
}

async function layOut(db: Db, { kind, id, version, layout: said, stamp }: Extract<IntakeTask, { do: 'lay-out' }>) {
  const intake = openIntake(db, kind, id, version)
  const sheets = await sheetsOf(intake)
  const place = { ...intake.layout, ...said }
  const moved =
    place.sheet !== intake.layout.sheet ||
    place.headerRow !== intake.layout.headerRow ||
    place.headerRows !== intake.layout.headerRows
  const layout =
    said.columns === undefined && moved ? layoutAt(kind, sheets, place, rememberedHeaders(db, kind)) : place
  const rows = evaluate(db, { ...intake, layout }, sheets, stamp.at)
  inTransaction(db, (tx) => {
    openIntake(tx, kind, id, version)
    tx.update(intakes)
      .set({ layout, preview: previewOf(sheets, layout), version: version + 1 })
      .where(eq(intakes.id, id))
      .run()
    keepRows(tx, id, rows.map(shownRow))
  })
}

type AnyRow = Evaluated<UnitRecord | PersonRecord | LedgerRecord>

function evaluate(
  db: Db,
  { kind, fileName, layout }: Pick<Intake, 'kind' | 'fileName' | 'layout'>,
  sheets: readonly Sheet[],
  at: string,
): AnyRow[] {
  const needed = COLUMNS[kind].find((one) => one.needed)!.key
  const rows = listRows(sheets, layout, needed)
  if (rows.length > MOST_ROWS[kind])
    throw new Problem(
      422,
      'too-large',
      '行数过多',
      `共有 ${rows.length} 行，一次最多 ${MOST_ROWS[kind]} 行，请拆分后再导入。`,
    )
  if (kind === 'units') return evaluateUnits(db, rows)
  if (kind === 'people') return evaluatePeople(db, rows)
  return evaluateLedger(db, rows, { fileName, sheet: sheets[layout.sheet], headerRow: layout.headerRow, at })
}

/** What is kept for the page beside the rows. */
function previewOf(sheets: readonly Sheet[], layout: IntakeLayout): IntakePreview {
  const below = (sheets[layout.sheet]?.rows ?? []).filter(
    ({ number }) => number >= layout.headerRow + layout.headerRows,
  )
  return {
    sheets: sheets.map(({ name, rows: all }) => ({ name, rows: all.length })),
    headers: headersOfLayout(sheets, layout),
    samples: layout.columns.map((_, i) =>
      (below.find(({ cells }) => cells[i] && cells[i].merged !== 'beside')?.cells[i]?.text ?? '').slice(0, 60),
    ),
  }
}

const shownRow = ({ record: _record, ...row }: AnyRow): IntakeRow => row

/** Whether a row is stored, by its verdict and by what was said of it. */
const isWanted = (row: IntakeRow, leaveOut: ReadonlySet<number>, takeIn: ReadonlySet<number>): boolean =>
  row.verdict === 'doubtful' ? takeIn.has(row.row) : !leaveOut.has(row.row)

async function confirm(
  db: Db,
  task: Extract<IntakeTask, { do: 'confirm' }>,
  means: IntakeMeans,
): Promise<FirstSecret[]> {
  const { kind, id, said, stamp } = task
  const intake = openIntake(db, kind, id, said.version)
  const sheets = await sheetsOf(intake)
  const rows = evaluate(db, intake, sheets, stamp.at)
  refuseStale(db, intake, sheets, rows)
  const [leaveOut, takeIn] = [new Set(said.leaveOut), new Set(said.takeIn)]
  const wrong = rows.filter(({ verdict }) => verdict === 'wrong').length
  const wanted = rows.filter((row) => row.record !== null && row.verdict !== 'same' && isWanted(row, leaveOut, takeIn))
  if (wrong > 0 && !said.withoutWrong)
    throw new Problem(
      409,
      'has-faults',
      '有的行有误',
      `有 ${wrong} 行有误，请改好后重新选择文件，或选择只导入其余各行。`,
    )
  if (wanted.length === 0) throw new Problem(409, 'nothing-to-store', '没有可导入的行', '没有可以导入的行。')
  const of = wanted.length
  means.showProgress({ done: 0, of })
  means.moreTime(of * SECONDS_A_ROW[kind])
  const people = kind === 'people' ? (wanted as Evaluated<PersonRecord>[]) : []
  const entries = await makeFirstEntries(people.length, said.entry, stamp, task.cost)
  const ledger = kind === 'ledger' ? await readLedger(db, intake, sheets) : null
  const gathered =
    ledger &&
    gatherLedger(db, stamp, wanted as Evaluated<LedgerRecord>[], ledger, said.assign, (done) => {
      if (done % SHOWN_EVERY === 0) means.showProgress({ done, of })
    })
  const takeAway = ledger ? keepOriginal(task.dataDir, ledger.sha256, () => intake.bytes!) : () => undefined
  try {
    return inTransaction(db, (tx) => {
      openIntake(tx, kind, id, said.version)
      const keeper = new Keeper(tx, id)
      const outcome =
        kind === 'units'
          ? storeUnits(tx, stamp, wanted as Evaluated<UnitRecord>[], keeper)
          : kind === 'people'
            ? storePeople(tx, stamp, people, keeper, entries.stored)
            : gathered!.store(tx, keeper)
      rememberHeaders(tx, kind, headersOfLayout(sheets, intake.layout), intake.layout.columns, stamp.at)
      tx.update(intakes)
        .set({
          status: 'confirmed',
          bytes: null,
          preview: null,
          outcome,
          confirmedAt: stamp.at,
          version: said.version + 1,
        })
        .where(eq(intakes.id, id))
        .run()
      forgetRows(tx, id)
      appendAudit(tx, stamp, 'intake.confirm', 'intake', id, null, { kind, fileName: intake.fileName, ...outcome })
      const secrets = kind === 'people' ? secretsOf(tx, stamp, id, entries) : []
      refuseUnwanted(means)
      return secrets
    })
  } catch (error) {
    takeAway()
    throw error
  }
}

/** What is confirmed is what was shown: where the records have changed since, the rows are shown once more. */
function refuseStale(db: Db, intake: Intake, sheets: readonly Sheet[], rows: readonly AnyRow[]): void {
  if (JSON.stringify(keptRows(db, intake.id)) === JSON.stringify(rows.map(shownRow))) return
  const version = intake.version + 1
  const counts = inTransaction(db, (tx) => {
    tx.update(intakes)
      .set({ preview: previewOf(sheets, intake.layout), version })
      .where(eq(intakes.id, intake.id))
      .run()
    keepRows(tx, intake.id, rows.map(shownRow))
    return countVerdicts(tx, intake.id)
  })
  throw conflict({ id: intake.id, version, counts })
}

function secretsOf(
  tx: Db,
  stamp: Stamp,
  intakeId: number,
  entries: Awaited<ReturnType<typeof makeFirstEntries>>,
): FirstSecret[] {
  const ids = new Keeper(tx, intakeId).idsOf('user')
  if (entries.links.length > 0) storeLinks(tx, stamp, ids, entries)
  const { name: office } = readSetting(tx, 'office')
  return ids.map((userId, i) => {
    const { username, displayName, unit } = getUser(tx, userId)
    return { userId, username, displayName, unit: unit?.name ?? office, secret: entries.secrets[i]! }
  })
}

/** The file of a ledger as a document; the same file is no document twice. */
async function readLedger(db: Db, { id, fileName, bytes, layout }: Intake, sheets: readonly Sheet[]) {
  const sha256 = createHash('sha256').update(bytes!).digest('hex')
  const name = fileName!
  if (db.select({ id: files.id }).from(files).where(eq(files.sha256, sha256)).get())
    throw new Problem(409, 'known-file', '文件已在文件库中', `《${name}》已经导入过，请先撤销那次导入。`)
  const { text, format, pages, sheets: drawn } = await readDocument({ bytes: bytes!, fileName: name })
  const size = bytes!.length
  return { intakeId: id, sha256, name, format, size, text, pages, sheets: drawn, sheet: sheets[layout.sheet]!.name }
}
