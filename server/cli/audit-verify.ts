/**
 * `npm run audit:verify`: computes the audit log's chain of hashes afresh and compares it with the heads noted in the
 * backups. `--head ID:HASH` adds one that was noted elsewhere. Ends with 1 where anything does not fit.
 */
import { parseArgs } from 'node:util'
import { openDatabase } from '../../db/open.ts'
import { type NotedHead, verifyAudit } from '../audit/verify.ts'
import { listBackups } from '../backup/create.ts'
import { refuseWhileRestoring } from '../backup/restore.ts'
import { readConfig } from '../config.ts'
import { databasePath } from '../paths.ts'
import { runCommand } from './command.ts'

await runCommand(async () => {
  const { values } = parseArgs({ options: { head: { type: 'string', multiple: true } } })
  const { dataDir } = readConfig(process.env)
  refuseWhileRestoring(dataDir)
  const noted = [
    ...(await listBackups(dataDir)).flatMap(({ name, auditHead }) =>
      auditHead ? [{ ...auditHead, source: `backup ${name}` }] : [],
    ),
    ...(values.head ?? []).map(parseHead),
  ]
  const database = openDatabase(databasePath(dataDir), { readonly: true })
  const { records, head, faults } = await verifyAudit(database.$client, noted)
  database.$client.close()
  for (const { id, message } of faults) console.error(id > 0 ? `record ${id} ${message}` : message)
  if (faults.length > 0) throw new Error(`the audit log of ${records} records does not verify`)
  console.log(
    `${records} records verify${noted.length > 0 ? `, ${noted.length} noted heads are in place` : ''}; head ${head ? `${head.id}:${head.hash}` : 'none'}`,
  )
})

function parseHead(text: string): NotedHead {
  const [, id, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  if (!id || !hash) throw new Error(`--head takes ID:HASH as this command prints it, not "${text}"`)
  return { id: Number(id), hash, source: '--head' }
}
