/** `npm run restore -- data/backups/<name>`: puts a backup in place of the data in DATA_DIR, which is moved aside. */
import { resolve } from 'node:path'
import { listBackups } from '../backup/create.ts'
import { restoreBackup } from '../backup/restore.ts'
import { readConfig } from '../config.ts'
import { runCommand } from './command.ts'

await runCommand(async () => {
  const { dataDir } = readConfig(process.env)
  const [path] = process.argv.slice(2)
  if (!path) {
    const backups = await listBackups(dataDir)
    throw new Error(
      `say which backup: npm run restore -- PATH\n${backups.map((backup) => `  ${backup.path}`).join('\n') || '  (there are none)'}`,
    )
  }
  const { backup, movedTo } = await restoreBackup(dataDir, resolve(path), new Date())
  console.log(`restored ${backup.name} (${backup.at}, version ${backup.version}) into ${dataDir}`)
  if (movedTo) console.log(`the data that was there is kept in ${movedTo}`)
})
