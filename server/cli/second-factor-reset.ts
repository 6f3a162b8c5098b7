/**
 * `npm run second-factor:reset -- USERNAME`: takes 两步验证 away from a person and ends the open sessions, for the day on
 * which the only administrator has lost telephone and recovery codes. Whoever may run it owns the database anyway; it is
 * written to the audit log all the same.
 */
import { parseArgs } from 'node:util'
import { openDatabase } from '../../db/open.ts'
import { inTransaction } from '../../db/transaction.ts'
import { systemStamp } from '../actor.ts'
import { appendAudit } from '../audit/append.ts'
import { refuseWhileRestoring } from '../backup/restore.ts'
import { readConfig } from '../config.ts'
import { userByName } from '../core/user-name.ts'
import { databasePath } from '../paths.ts'
import { endSessionsOf } from '../session/store.ts'
import { removeFactor } from '../session/totp.ts'
import { runCommand } from './command.ts'

await runCommand(async () => {
  const [username, ...rest] = parseArgs({ allowPositionals: true }).positionals
  if (username === undefined || rest.length > 0)
    throw new Error('give one name: npm run second-factor:reset -- USERNAME')
  const { dataDir } = readConfig(process.env)
  refuseWhileRestoring(dataDir)
  const database = openDatabase(databasePath(dataDir))
  try {
    inTransaction(database, (tx) => {
      const user = userByName(tx, username)
      if (!user) throw new Error(`there is no user ${username}`)
      if (!removeFactor(tx, user.id)) throw new Error(`${user.username} has no second factor`)
      endSessionsOf(tx, user.id)
      appendAudit(tx, systemStamp('命令行', new Date()), 'second-factor.reset', 'user', user.id, null, null)
    })
  } finally {
    database.$client.close()
  }
  console.log(`${username} signs in with the password alone until it is set up again`)
})
