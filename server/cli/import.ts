/**
 * `npm run import -- FILE…`: the same import as an upload, zips of documents too, from the command line, also while the
 * server runs. Progress on the terminal, one line for each document at its end; exit code 1 where one failed. DATA_DIR says where the database lies.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../../db/open.ts'
import { systemStamp } from '../actor.ts'
import { readConfig } from '../config.ts'
import { Batches } from '../documents/batches.ts'
import { safeName } from '../core/uploads.ts'
import { Imports } from '../documents/imports.ts'
import type { ImportJob } from '../documents/schemas.ts'
import { refuseWhileRestoring } from '../backup/restore.ts'
import { databasePath } from '../paths.ts'
import { MAX_FILE_BYTES } from '../readers/types.ts'
import { readSetting } from '../settings/store.ts'
import { runCommand } from './command.ts'

const STEPS: Partial<Record<ImportJob['status'], string>> = {
  queued: '等待',
  reading: '读取',
  extracting: '提取',
  storing: '保存',
}

/** One line that is written over and over, where there is a terminal. */
const show = (line: string) => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}`)
}

function resultLine(job: ImportJob): string {
  if (job.status === 'done')
    return `✓ ${job.fileName}：${job.documentsFound} 份文件，${job.candidatesFound} 条候选目标${job.message ? `（${job.message}）` : ''}`
  if (job.status === 'duplicate') return `＝ ${job.message ?? job.fileName}`
  return `✗ ${job.message ?? job.fileName}`
}

await runCommand(async () => {
  const { positionals } = parseArgs({ allowPositionals: true })
  if (positionals.length === 0) throw new Error('usage: npm run import -- FILE…')
  const { dataDir } = readConfig(process.env)
  refuseWhileRestoring(dataDir)
  const db = openDatabase(databasePath(dataDir))
  const imports = new Imports(db, dataDir, () => new Date())
  imports.listen((job) => {
    if (STEPS[job.status])
      show(
        `${job.fileName}：${STEPS[job.status]} ${job.percent}%，文件 ${job.documentsFound}，候选 ${job.candidatesFound}`,
      )
  })
  // Unpacked beside the system's other temporary files: a server that starts meanwhile empties its own folder.
  const folder = mkdtempSync(join(tmpdir(), 'zhengbiao-import-'))
  const batches = new Batches(folder, () => readSetting(db, 'imports').memoryMegabytes)
  let failed = 0
  const tell = (ok: boolean, line: string) => {
    show('')
    if (ok) console.log(line)
    else console.error(line)
    if (!ok) failed++
  }
  try {
    for (const path of positionals)
      for await (const job of importPath(imports, batches, path)) {
        if (typeof job === 'string') tell(false, job)
        else tell(job.status === 'done' || job.status === 'duplicate', resultLine(job))
      }
  } finally {
    await Promise.all([imports.close(), batches.close()])
    db.$client.close()
    rmSync(folder, { recursive: true, force: true })
  }
  if (failed > 0) process.exitCode = 1
})

/** The job of a file at its end, or those of the documents in a zip; a line where there is nothing to import. */
async function* importPath(imports: Imports, batches: Batches, path: string): AsyncGenerator<ImportJob | string> {
  if (!existsSync(path) || !statSync(path).isFile()) return yield `✗ ${path}：没有这个文件，请检查路径。`
  const stamp = systemStamp('命令行导入', new Date())
  const file = { path, fileName: safeName(basename(path)), size: statSync(path).size }
  const batch = file.size > MAX_FILE_BYTES ? null : await batches.unpack(file, null)
  if (batch === null) return yield (await imports.finished(imports.add(stamp, { ...file, remove: false }).id))!
  if (!('files' in batch)) return yield `✗ ${batch.message}`
  for (const one of batch.files) {
    if ('tooLarge' in one) yield `✗ 《${one.fileName}》超过 ${MAX_FILE_BYTES / 1024 / 1024} MB，请拆分后再导入。`
    else yield (await imports.finished(imports.add(stamp, { ...one, remove: true }).id))!
  }
}
