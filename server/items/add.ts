import type { z } from 'zod'
import { shanghaiDateOf } from '../../db/domain/dates.ts'
import { checkTargetFields, emptyFields, MENDED_FIELDS } from '../../db/domain/target-fields.ts'
import type { OpenDb } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import type { Actor } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { CONFIRMED, deadlineByHand, insertTarget } from '../core/new-target.ts'
import { plainUnits } from '../core/target-units.ts'
import { invalid } from '../errors.ts'
import type * as ReadLine from './read-line.ts'
import { type addItemBody, type addListAnswer, type addListBody, MOST_LINES } from './schemas.ts'
import { writeSource } from './source-text.ts'

/** 新建事项: one item by hand, 已立项 at once, with its words as a line of its source. */
export function addItem(db: OpenDb, dataDir: string, actor: Actor, body: z.infer<typeof addItemBody>) {
  const { source, text, units, ...fields } = body
  return inTransaction(db, (tx) => {
    const written = writeSource(tx, dataDir, actor, source, [text])
    const { documentId, issuedOn } = written
    const { start, end } = written.lines[0]!
    const row = {
      ...emptyFields(MENDED_FIELDS),
      ...fields,
      startOn: fields.startOn ?? issuedOn,
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
        ...{ start, end, clauseStart: start, clauseEnd: end },
        ...deadlineByHand(row.deadline),
        clausePath: [],
        evidence: text,
        confirmedAt: actor.at,
      },
      units,
      'add',
    )
    appendAudit(tx, actor, 'target.add', 'target', added.id, null, {
      ...row,
      documentId,
      text,
      units: plainUnits(added.units),
      state: 'confirmed',
    })
    return { id: added.id, state: 'confirmed' as const, version: 1, record: { id: documentId } }
  })
}

/**
 * Several items of one source from a pasted list: every line becomes a candidate, or several, for 校核.
 * @param rules by which a line is read
 */
export function addList(
  db: OpenDb,
  dataDir: string,
  actor: Actor,
  { source, text }: z.infer<typeof addListBody>,
  { headOfDay, readLine, unreadLine }: typeof ReadLine,
): z.infer<typeof addListAnswer> {
  const lines = text
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length > MOST_LINES)
    throw invalid([{ path: 'text', message: `清单有 ${lines.length} 行，一次最多 ${MOST_LINES} 行，请分几次录入` }])
  return inTransaction(db, (tx) => {
    const written = writeSource(tx, dataDir, actor, source, lines)
    const head = written.issuedOn === null ? headOfDay(shanghaiDateOf(actor.at)) : written.head
    let [candidates, unread] = [0, 0]
    lines.forEach((line, i) => {
      const span = written.lines[i]!
      const found = readLine(line, head, written.text, span.start)
      if (found.length === 0) unread++
      for (const { columns, units } of found.length > 0 ? found : [{ columns: unreadLine(line, span), units: [] }]) {
        insertTarget(
          tx,
          actor,
          { ...columns, documentId: written.documentId, startOn: written.issuedOn },
          units,
          'import',
        )
        candidates++
      }
    })
    appendAudit(tx, actor, 'source.read', 'document', written.documentId, null, { candidates, unread })
    return { documentId: written.documentId, lines: lines.length, candidates, unread }
  })
}
