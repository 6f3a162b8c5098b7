/**
 * `npm run import -- FILE…`: the same import as an upload, from the command line, also while the server runs. Progress on
 * the terminal, one line for each file at its end; exit code 1 where one failed. DATA_DIR says where the database lies.
 */
import { existsSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabase } from '../../db/open.ts'
import { systemStamp } from '../actor.ts'
import { readConfig } from '../config.ts'
import { Imports } from '../documents/imports.ts'
import type { ImportJob } from '../documents/schemas.ts'
import { refuseWhileRestoring } from '../backup/restore.ts'
import { databasePath } from '../paths.ts'
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
  if (job.status === 'done') return `✓ ${job.fileName}：${job.documentsFound} 份文件，${job.candidatesFound} 条候选目标`
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
  let failed = 0
  try {
    for (const path of positionals) {
      const job = await importPath(imports, path)
      show('')
      const ok = job === null ? false : job.status === 'done' || job.status === 'duplicate'
      const line = job === null ? `✗ ${path}：没有这个文件，请检查路径。` : resultLine(job)
      if (ok) console.log(line)
      else console.error(line)
      if (!ok) failed++
    }
  } finally {
    await imports.close()
    db.$client.close()
  }
  if (failed > 0) process.exitCode = 1
})

/** The job at its end; null where there is no such file. */
async function importPath(imports: Imports, path: string): Promise<ImportJob | null> {
  if (!existsSync(path) || !statSync(path).isFile()) return null
  const stamp = systemStamp('命令行导入', new Date())
  const job = imports.add(stamp, { path, fileName: basename(path), size: statSync(path).size, remove: false })
  return imports.finished(job.id)
}
