import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { users } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import { loadSeeds, SEEDS_DIR, type Seeds } from '../../seeds/load.ts'
import { Imports } from '../documents/imports.ts'
import { lockPath } from '../paths.ts'
import { hashPassword } from '../session/passwords.ts'
import { makeBulletins } from './bulletins.ts'
import { addOwnInstructions, answerInstructions } from './instructions.ts'
import { addSources } from './items.ts'
import { putMessagesInOrder } from './message-order.ts'
import { type Directory, storePeople } from './people.ts'
import { replayTracks } from './replay.ts'

/**
 * Fills an empty database with the demo of `seeds/`: its people, its documents through the same import as an upload, and
 * what happened to their targets. Does nothing where there is anybody already.
 * @returns whether anything was loaded
 */
export async function loadDemo(app: FastifyInstance, print: (line: string) => void): Promise<boolean> {
  if (app.db.select({ id: users.id }).from(users).limit(1).get()) return false
  const seeds = loadSeeds()
  writeFileSync(loadingMark(app.dataDir), '')
  const passwordHash = await hashPassword(seeds.password, app.passwordCost)
  const directory = inTransaction(app.db, (tx) => storePeople(tx, seeds, passwordHash))
  await importFiles(app, seeds, directory, print)
  const { tracks, byHand } = inTransaction(app.db, (tx) => replayTracks(tx, seeds, directory))
  print(`已还原 ${tracks} 条目标的办理过程${byHand > 0 ? `（其中 ${byHand} 条为手工增加）` : ''}`)
  addSources(app, seeds, directory)
  answerInstructions(app, seeds, directory)
  addOwnInstructions(app, seeds, directory)
  await makeBulletins(app, seeds, directory)
  inTransaction(app.db, putMessagesInOrder)
  rmSync(loadingMark(app.dataDir))
  return true
}

/** Stands in the data folder while the demo is being loaded. */
const loadingMark = (dataDir: string) => join(dataDir, 'demo-loading')

/** Empties a data folder in which the loading of the demo was broken off, so that this run begins anew; its lock stays. */
export function forgetHalfLoaded(dataDir: string): void {
  if (!existsSync(loadingMark(dataDir))) return
  const lock = basename(lockPath(dataDir))
  // The mark goes last: broken off here, the next run goes on.
  const names = readdirSync(dataDir).filter((name) => !name.startsWith(lock) && name !== basename(loadingMark(dataDir)))
  for (const name of names) rmSync(join(dataDir, name), { recursive: true })
  rmSync(loadingMark(dataDir))
}

async function importFiles(
  app: FastifyInstance,
  seeds: Seeds,
  directory: Directory,
  print: (line: string) => void,
): Promise<void> {
  const imports = new Imports(app.db, app.dataDir, app.now)
  try {
    for (const { file, importedBy, importedAt } of seeds.files) {
      const path = join(SEEDS_DIR, 'documents', file)
      const { id } = imports.add(directory.stampOf(importedBy, importedAt), {
        path,
        fileName: file,
        size: statSync(path).size,
        remove: false,
      })
      const job = (await imports.finished(id))!
      if (job.status !== 'done') throw new Error(`seeds/documents/${file}: ${job.message}`)
      print(`已导入 ${file}：${job.documentsFound} 份文件，${job.candidatesFound} 条候选目标`)
    }
  } finally {
    await imports.close()
  }
}
