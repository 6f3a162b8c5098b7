/** Writes steps of a document, its targets, units and audit record until it is killed; a minute at most, if nobody does. */
import { openDatabase } from '../../db/open.ts'
import { documents, files, reports, targets, targetUnits } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import { systemStamp } from '../../server/actor.ts'
import { appendAudit } from '../../server/audit/append.ts'

const TARGETS_PER_DOCUMENT = 40

const db = openDatabase(process.argv[2]!)
const at = '2026-01-01T00:00:00.000Z'
const end = Date.now() + 60_000
for (let n = Number(process.argv[3]); Date.now() < end; n++) {
  inTransaction(db, (tx) => {
    const file = tx
      .insert(files)
      .values({
        sha256: `hash ${n}`,
        name: `${n}.txt`,
        format: 'txt',
        size: 1,
        rawText: `第${n}份文件的正文`,
        importedAt: at,
      })
      .returning()
      .get()
    const document = tx
      .insert(documents)
      .values({ fileId: file.id, title: `文件${n}`, start: 0, end: 5, createdAt: at })
      .returning()
      .get()
    for (let i = 0; i < TARGETS_PER_DOCUMENT; i++) {
      const target = tx
        .insert(targets)
        .values({
          documentId: document.id,
          kind: 'quantity',
          indicator: `指标${i}`,
          evidence: `证据${n}-${i}`,
          confidence: 1,
          start: 0,
          end: 1,
          clauseStart: 0,
          clauseEnd: 1,
          clausePath: [],
          createdAt: at,
          updatedAt: at,
        })
        .returning()
        .get()
      tx.insert(targetUnits).values({ targetId: target.id, role: 'lead', position: 0, name: '市教育局' }).run()
      tx.insert(reports)
        .values({ targetId: target.id, value: i, asOf: '2026-01-01', status: 'approved', createdAt: at })
        .run()
    }
    appendAudit(tx, systemStamp('测试', new Date(at)), 'file.import', 'file', file.id, null, { n })
  })
  if (n === Number(process.argv[3])) process.stdout.write('writing\n')
}
