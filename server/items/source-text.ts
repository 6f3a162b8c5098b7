import { createHash } from 'node:crypto'
import { and, eq, sql } from 'drizzle-orm'
import type { Db } from '../../db/open.ts'
import { documents, files } from '../../db/schema/index.ts'
import type { Stamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { keepOriginal } from '../core/originals.ts'
import { checkSourceKind } from '../core/source-kinds.ts'
import { invalid, notFound, Problem, wrongState } from '../errors.ts'
import { TYPED_FORM } from '../readers/forms.ts'
import type { NewSource, SourceChoice } from './schemas.ts'

/** Bytes that a typed text may have: what is larger, the triggers of the full-text index do not follow. */
const MOST_BYTES = 300_000

/** A source with the lines that were just written into it. */
interface WrittenSource {
  documentId: number
  issuedOn: string | null
  /** Offsets of each line in the text of the file, half open. */
  lines: { start: number; end: number }[]
  /** The text of the file as it is now. */
  text: string
  /** {@link headText} of the source as its head is now: one that was mended no longer stands above the text. */
  head: string
}

/**
 * Writes lines at the end of a typed source, or begins one with them. Title, number and date stand above the lines, so
 * that the text is read like the document that it stands for. To be called inside the transaction of what is added.
 * @throws {Problem} 404 or 409 where the chosen source is not one whose text may grow, or another file has just this text; 400 for a kind that is not offered
 */
export function writeSource(
  tx: Db,
  dataDir: string,
  stamp: Stamp,
  choice: SourceChoice,
  lines: readonly string[],
): WrittenSource {
  const known = 'documentId' in choice ? typedSource(tx, choice.documentId) : sameSource(tx, choice)
  const before = known === undefined ? headText(choice as NewSource) : known.file.rawText
  let text = before
  const spans = lines.map((line) => {
    const start = text.length
    text += `${line}\n`
    return { start, end: start + line.length }
  })
  const bytes = Buffer.from(text)
  if (bytes.length > MOST_BYTES)
    throw new Problem(409, 'source-full', '来源已满', '这份来源的文字过多，请另建一份来源。')
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  refuseEqual(tx, sha256)
  keepOriginal(dataDir, sha256, () => bytes)
  const written = { text, lines: spans, head: headText(known?.document ?? (choice as NewSource)) }
  if (known !== undefined) {
    const { file, document } = known
    // The triggers of the full-text index follow the ends of the document: it is taken out with the old text, put in with the new.
    tx.update(documents).set({ end: document.start }).where(eq(documents.id, document.id)).run()
    tx.update(files)
      .set({ rawText: text, sha256, size: bytes.length, reading: sql`${files.reading} + 1` })
      .where(eq(files.id, file.id))
      .run()
    tx.update(documents).set({ end: text.length }).where(eq(documents.id, document.id)).run()
    appendAudit(tx, stamp, 'source.extend', 'document', document.id, null, { lines })
    return { ...written, documentId: document.id, issuedOn: document.issuedOn }
  }
  const { kind, ...head } = choice as NewSource
  checkSourceKind(tx, kind, 'source.kind')
  const file = tx
    .insert(files)
    .values({
      sha256,
      name: `${head.title}.txt`,
      format: TYPED_FORM,
      size: bytes.length,
      rawText: text,
      importedBy: stamp.id,
      importedAt: stamp.at,
    })
    .returning({ id: files.id })
    .get()
  const document = tx
    .insert(documents)
    .values({
      fileId: file.id,
      ...{ kind, ...head },
      headSetAt: stamp.at,
      ...{ start: 0, end: text.length },
      createdAt: stamp.at,
    })
    .returning({ id: documents.id })
    .get()
  appendAudit(tx, stamp, 'source.add', 'document', document.id, null, { kind, ...head, lines })
  return { ...written, documentId: document.id, issuedOn: head.issuedOn }
}

/** A file is known by its bytes: two sources of the same head and words, but of different kinds, would be one. */
function refuseEqual(tx: Db, sha256: string): void {
  const other = tx
    .select({ title: documents.title })
    .from(files)
    .innerJoin(documents, eq(documents.fileId, files.id))
    .where(eq(files.sha256, sha256))
    .get()
  if (other !== undefined)
    throw new Problem(
      409,
      'same-text',
      '已有相同的来源',
      `已有文字完全相同的来源“${other.title}”，请从已有来源中选择，或修改来源名称、文号后再录入。`,
    )
}

const withFile = (tx: Db) =>
  tx
    .select({ document: documents, file: files })
    .from(documents)
    .innerJoin(files, eq(files.id, documents.fileId))
    .$dynamic()

function typedSource(tx: Db, id: number) {
  const found = withFile(tx).where(eq(documents.id, id)).get()
  if (!found) throw notFound('来源')
  if (found.file.format !== TYPED_FORM) throw wrongState('这份来源是导入的文件：请在阅读室选中原文，加为目标。')
  return found
}

/** The typed source with just this head, so that a second item of one meeting does not make a second meeting. */
function sameSource(tx: Db, { kind, title, number, issuedOn }: NewSource) {
  return withFile(tx)
    .where(
      and(
        eq(files.format, TYPED_FORM),
        eq(documents.kind, kind),
        eq(documents.title, title),
        sql`${documents.number} is ${number}`,
        sql`${documents.issuedOn} is ${issuedOn}`,
      ),
    )
    .get()
}

/** Title, number and date as they stand above the text of a document. */
export function headText({ title, number, issuedOn }: Pick<NewSource, 'title' | 'number' | 'issuedOn'>): string {
  if (/[\r\n]/.test(title)) throw invalid([{ path: 'source.title', message: '来源名称应为一行' }])
  const [year, month, day] = (issuedOn ?? '').split('-').map(Number)
  const date = issuedOn === null ? [] : [`（${year}年${month}月${day}日）`]
  return [title, ...(number === null ? [] : [number]), ...date, '', ''].join('\n')
}
