/** Runs in a worker thread: half a million rows as text and packed take many seconds of a processor. */
import { once } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import Sqlite from 'better-sqlite3'
import { copyDatabase } from '../../db/open.ts'
import { everythingZip } from './everything-zip.ts'

/** What the thread is told. */
export interface EverythingTask {
  /** The database itself, null where the copy has been made already. */
  source: string | null
  /** Where the copy lies that is read, so that all tables show one moment. */
  copy: string
  /** Folder of originals and evidence. */
  files: string
  /**
   * One chunk goes out for each message that comes in, null at the end, so that it is made no faster than the browser takes
   * it.
   */
  port: MessagePort
}

export default async function pack({ source, copy, files, port }: EverythingTask): Promise<void> {
  if (source !== null) {
    const client = new Sqlite(source, { readonly: true, fileMustExist: true })
    await copyDatabase(client, copy)
    client.close()
  }
  const client = new Sqlite(copy, { readonly: true })
  for await (const chunk of await everythingZip(client, files)) {
    await once(port, 'message')
    port.postMessage(chunk)
  }
  client.close()
  await once(port, 'message')
  port.postMessage(null)
}
