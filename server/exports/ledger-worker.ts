/**
 * Runs in a worker thread: the whole ledger into a file, from one read transaction on a connection of its own, so that
 * the first row and the last are of one moment whatever is written meanwhile.
 */
import { openDatabase } from '../../db/open.ts'
import { type LedgerTask, writeLedger } from './ledger.ts'

export interface LedgerFileTask extends LedgerTask {
  databasePath: string
  path: string
}

export default async function write({ databasePath, path, ...task }: LedgerFileTask): Promise<void> {
  const db = openDatabase(databasePath, { readonly: true })
  try {
    db.$client.exec('BEGIN')
    await writeLedger(db, task, path)
  } finally {
    db.$client.close()
  }
}
