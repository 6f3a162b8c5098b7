import { and, desc, eq, lte } from 'drizzle-orm'
import { z } from 'zod'
import { KINDS } from '../../db/domain/target-terms.ts'
import type { Db } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { documents, files, targets } from '../../db/schema/index.ts'
import type { Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { invalid, notFound } from '../errors.ts'
import { checkTargetFields, emptyFields, MENDED_FIELDS } from '../../db/domain/target-fields.ts'
import type { StepAnswer } from '../core/step-engine.ts'
import { joinedLines } from '../core/candidates.ts'
import { CONFIRMED, deadlineByHand, insertTarget } from '../core/new-target.ts'
import { plainUnits } from '../core/target-units.ts'
import { mendFields } from './schemas.ts'

/** A target added by hand from a selection in the reading room; offsets as the document's text has them. */
export const addBody = mendFields
  .omit({ kind: true, indicator: true })
  .extend({
    documentId: z.int(),
    /** The selection, half open. */
    start: z.int().min(0),
    end: z.int().min(0),
    kind: z.enum(KINDS),
    indicator: z.string().trim().min(1).max(500),
  })
  .strict()

/** Longest selection that can be the evidence of one target, in characters. */
const MAX_EVIDENCE = 5000

/** Adds it as 已立项: whoever selects a clause and writes the target down has confirmed it. */
export function addTarget(db: Db, body: z.infer<typeof addBody>, actor: Actor): StepAnswer {
  return inTransaction(db, (tx) => {
    const document = tx.select().from(documents).where(eq(documents.id, body.documentId)).get()
    if (!document) throw notFound('文件')
    if (
      body.start >= body.end ||
      body.start < document.start ||
      body.end > document.end ||
      body.end - body.start > MAX_EVIDENCE
    ) {
      throw invalid([{ path: 'start', message: `选中的文字须在本文件之内，且不超过${MAX_EVIDENCE}字` }])
    }
    const text =
      tx.select({ rawText: files.rawText }).from(files).where(eq(files.id, document.fileId)).get()?.rawText ?? ''
    // The headings above a selection are those of the finding before it; where there is none the document's title must do.
    const before = tx
      .select({ clausePath: targets.clausePath })
      .from(targets)
      .where(and(eq(targets.documentId, document.id), lte(targets.clauseStart, body.start)))
      .orderBy(desc(targets.clauseStart))
      .limit(1)
      .get()
    const { documentId, start, end, units, ...fields } = body
    const row = {
      ...emptyFields(MENDED_FIELDS),
      ...fields,
      startOn: fields.startOn ?? document.issuedOn,
      reporting: fields.reporting ?? 'any',
      rollUp: fields.rollUp ?? 'worst',
    }
    const mistakes = checkTargetFields(row)
    if (mistakes.length > 0) throw invalid(mistakes)
    const added = insertTarget(
      tx,
      actor,
      {
        ...row,
        ...CONFIRMED,
        documentId,
        start,
        end,
        clauseStart: start,
        clauseEnd: end,
        ...deadlineByHand(row.deadline),
        clausePath: before?.clausePath ?? [],
        evidence: joinedLines(text.slice(start, end)),
        confirmedAt: actor.at,
      },
      units ?? [],
      'add',
    )
    const { id } = added
    appendAudit(tx, actor, 'target.add', 'target', id, null, {
      ...row,
      documentId,
      start,
      end,
      units: plainUnits(added.units),
      state: 'confirmed',
    })
    return { id, state: 'confirmed', version: 1, record: null }
  })
}
