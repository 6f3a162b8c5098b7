/** The records of lists: opened, laid out anew, decided on; and what was said of headers, remembered. */
import { and, desc, eq } from 'drizzle-orm'
import type { IntakeKind } from '../../db/domain/intake-terms.ts'
import type { Db } from '../../db/open.ts'
import { intakeHeaders, intakes } from '../../db/schema/index.ts'
import { conflict, notFound, wrongState } from '../errors.ts'

export type Intake = typeof intakes.$inferSelect

/** 404 where there is no such list of this kind. */
export function getIntake(db: Db, kind: IntakeKind, id: number): Intake {
  const intake = db
    .select()
    .from(intakes)
    .where(and(eq(intakes.id, id), eq(intakes.kind, kind)))
    .get()
  if (!intake) throw notFound('导入')
  return intake
}

/** What the page needs of a list: not the file itself, which may have megabytes. 404 where there is no such list of this kind. */
export function briefIntake(db: Db, kind: IntakeKind, id: number) {
  const intake = db
    .select({
      id: intakes.id,
      status: intakes.status,
      fileName: intakes.fileName,
      layout: intakes.layout,
      preview: intakes.preview,
      outcome: intakes.outcome,
      createdAt: intakes.createdAt,
      confirmedAt: intakes.confirmedAt,
      undoneAt: intakes.undoneAt,
      version: intakes.version,
    })
    .from(intakes)
    .where(and(eq(intakes.id, id), eq(intakes.kind, kind)))
    .get()
  if (!intake) throw notFound('导入')
  return intake
}

/** The list as it is still open; 409 where it has been decided on, or was changed since `version`. */
export function openIntake(db: Db, kind: IntakeKind, id: number, version: number): Intake {
  const intake = getIntake(db, kind, id)
  if (intake.status !== 'open') throw wrongState('这次导入已经办理，请重新选择文件。')
  if (intake.version !== version) throw conflict({ id, version: intake.version })
  return intake
}

/** The newest lists of a kind without what is in them, the newest first. */
export const latestIntakes = (db: Db, kind: IntakeKind, limit: number) =>
  db
    .select({
      id: intakes.id,
      status: intakes.status,
      fileName: intakes.fileName,
      outcome: intakes.outcome,
      createdAt: intakes.createdAt,
      confirmedAt: intakes.confirmedAt,
      undoneAt: intakes.undoneAt,
    })
    .from(intakes)
    .where(eq(intakes.kind, kind))
    .orderBy(desc(intakes.id))
    .limit(limit)
    .all()

/** What headers were said to mean before. */
export const rememberedHeaders = (db: Db, kind: IntakeKind): Map<string, string> =>
  new Map(
    db
      .select({ header: intakeHeaders.header, column: intakeHeaders.column })
      .from(intakeHeaders)
      .where(eq(intakeHeaders.kind, kind))
      .all()
      .map(({ header, column }) => [header, column]),
  )

/** Remembers what each header of a list means, `''` for what is left out. */
export function rememberHeaders(
  tx: Db,
  kind: IntakeKind,
  headers: readonly string[],
  columns: readonly string[],
  at: string,
): void {
  headers.forEach((header, i) => {
    if (header === '') return
    const meaning = { column: columns[i] ?? '', updatedAt: at }
    tx.insert(intakeHeaders)
      .values({ kind, header, ...meaning })
      .onConflictDoUpdate({ target: [intakeHeaders.kind, intakeHeaders.header], set: meaning })
      .run()
  })
}
