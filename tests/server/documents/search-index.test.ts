import { expect, test } from 'vitest'
import { documents } from '../../../db/schema/index.ts'
import { openDatabase } from '../../../db/open.ts'
import { inTransaction } from '../../../db/transaction.ts'
import { systemStamp } from '../../../server/actor.ts'
import { LARGE_FILE_BYTES, unindexDocuments } from '../../../server/core/search-index.ts'
import { Staging } from '../../../server/documents/staging.ts'
import { storeFile } from '../../../server/documents/store.ts'

const HEAD = { number: '政发〔2024〕1号', title: '通知', issuer: null, issuedOn: null, doubts: {} }

test.each([
  ['small', 100, '森林\n覆盖　率'],
  ['large', LARGE_FILE_BYTES + 1, '森林\n覆盖　率'],
  ['large, with a rare character', LARGE_FILE_BYTES + 1, '𠮷 森林\n覆盖　率'],
])('documents of a %s file are found across line breaks, and leave the index clean', (_name, size, text) => {
  const db = openDatabase(':memory:')
  const raw = `前面的文件。\n${text}`
  const start = raw.indexOf(text)
  const found = [
    { ...HEAD, start: 0, end: start },
    { ...HEAD, number: null, start, end: raw.length },
  ]
  const staging = new Staging(db)
  for (const document of found) staging.add({ document, targets: [], duties: [] }, raw)
  staging.finish()
  inTransaction(db, (tx) =>
    storeFile(
      tx,
      systemStamp('test', new Date()),
      { sha256: 'a', name: 'a.txt', format: 'txt', size, text: raw },
      staging,
    ),
  )
  staging.close()
  const search = (words: string) =>
    db.$client.prepare('SELECT rowid FROM documents_fts WHERE documents_fts MATCH ?').pluck().all(`"${words}"`)
  expect(search('森林覆盖率')).toEqual([2])
  expect(search('前面的文件')).toEqual([1])
  const rows = db.select().from(documents).all()
  if (size > LARGE_FILE_BYTES) inTransaction(db, (tx) => unindexDocuments(tx, raw, rows))
  db.delete(documents).run()
  expect(search('森林覆盖率')).toEqual([])
  db.$client.exec(`INSERT INTO documents_fts (documents_fts, rank) VALUES ('integrity-check', 1)`)
  db.$client.close()
})
