/** A process that is killed: loads everything, says `ready`, does its work when it is told to, and says `done`. */
import { createBackup } from '../../server/backup/create.ts'
import { restoreBackup } from '../../server/backup/restore.ts'

const [what, dataDir, backup] = process.argv.slice(2) as ['backup' | 'restore', string, string]

process.once('message', () => {
  const work = what === 'backup' ? createBackup(dataDir, new Date(), 3) : restoreBackup(dataDir, backup, new Date())
  work.then(
    () => process.send!('done'),
    (error: unknown) => process.send!(String(error)),
  )
})
process.send!('ready')
