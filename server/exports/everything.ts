import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { MessageChannel } from 'node:worker_threads'
import { Piscina } from 'piscina'
import { makeFolder } from '../folders.ts'
import type { OpenDb } from '../../db/open.ts'
import { exportsDir, filesDir } from '../paths.ts'
import type { EverythingTask } from './everything-worker.ts'

/**
 * Everything as open files in one zip: each table as CSV and as JSON lines, the originals and the evidence. It is read
 * and packed in a thread of its own, from a copy made first, so all tables show one moment while people go on working.
 * @param folder data folder; the copy lies there until the zip has been sent or given up
 */
export async function exportEverything(db: OpenDb, folder: string): Promise<Readable> {
  // A folder of its own: SQLite puts -wal and -shm beside the copy.
  const work = join(exportsDir(folder), randomUUID())
  makeFolder(work)
  const copy = join(work, 'copy.sqlite')
  const { $client: client } = db
  if (client.memory) await client.backup(copy)
  const thread = new Piscina<EverythingTask, void>({
    filename: new URL('./everything-worker.ts', import.meta.url).href,
    // The worker is TypeScript as well, whoever started the process.
    execArgv: ['--import', import.meta.resolve('tsx')],
    maxThreads: 1,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  const { port1: ours, port2: port } = new MessageChannel()
  let over: Promise<void> | undefined
  const clear = () => (over ??= thread.destroy().then(() => rm(work, { recursive: true, force: true })))
  const out = new Readable({
    read: () => ours.postMessage('more'),
    destroy: (error, done) => {
      ours.close()
      clear().then(() => done(error), done)
    },
  })
  const packed = thread.run(
    { source: client.memory ? null : client.name, copy, files: filesDir(folder), port },
    { transferList: [port] },
  )
  const fail = (error: Error) => void out.destroy(error)
  packed.catch(fail)
  // The end is said when the copy is gone: nobody who has the whole zip finds the copy lying there still.
  ours.on('message', (chunk: Uint8Array | null) => {
    if (chunk) out.push(chunk)
    else packed.then(clear).then(() => void out.push(null), fail)
  })
  return out
}
