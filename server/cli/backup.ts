/** `npm run backup`: one checked backup of DATA_DIR now, also while the server runs. `--keep N` keeps the newest N (14). */
import { parseArgs } from 'node:util'
import { createBackup } from '../backup/create.ts'
import { readConfig } from '../config.ts'
import { DEFAULT_SETTINGS } from '../rules/settings.ts'
import { runCommand } from './command.ts'

await runCommand(async () => {
  const { values } = parseArgs({ options: { keep: { type: 'string' } } })
  const keep = Number(values.keep ?? DEFAULT_SETTINGS.backup.keep)
  if (!Number.isInteger(keep) || keep < 1) throw new Error(`--keep takes a whole number from 1, not "${values.keep}"`)
  const backup = await createBackup(readConfig(process.env).dataDir, new Date(), keep)
  process.send?.(backup.name)
  const rows = Object.values(backup.rows).reduce((sum, n) => sum + n, 0)
  console.log(
    `${backup.path}: ${rows} rows in ${Object.keys(backup.rows).length} tables, ${backup.files} files, checked`,
  )
  const faults = backup.auditFaults ?? []
  for (const fault of faults) console.error(`the audit log in it does not verify: ${fault}`)
})
