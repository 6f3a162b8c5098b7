/** The server of the benchmark, in a process of its own: a person to sign in with, then as `npm start`. Sends its address to its parent. */
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { eq } from 'drizzle-orm'
import { openDatabase } from '../../db/open.ts'
import { jobRuns, users } from '../../db/schema/index.ts'
import { inTransaction } from '../../db/transaction.ts'
import { systemStamp } from '../../server/actor.ts'
import { readConfig } from '../../server/config.ts'
import { databasePath } from '../../server/paths.ts'
import { insertUser } from '../../server/core/users.ts'
import { workingDaysOf } from '../../server/core/working-days.ts'
import { dueDay, JOB } from '../../server/reminders/daily.ts'
import { run } from '../../server/run.ts'
import { hashPassword } from '../../server/session/passwords.ts'
import { BENCH_PASSWORD, BENCH_USER } from './person.ts'

// People's addresses come by a proxy's header, so that each is limited for themselves.
const config = { ...readConfig({ ...process.env, PORT: '0' }), trustProxy: ['loopback'] }
const db = openDatabase(databasePath(config.dataDir))
if (db.select().from(users).where(eq(users.username, BENCH_USER)).get() === undefined) {
  // else the folder is one from before
  const passwordHash = await hashPassword(BENCH_PASSWORD, { memoryCost: 8192, timeCost: 1 })
  inTransaction(db, (tx) =>
    insertUser(tx, systemStamp('bench', new Date()), {
      username: BENCH_USER,
      displayName: '测速',
      role: 'supervisor',
      unitId: null,
      email: null,
      passwordHash,
      mustChangePassword: false,
      passwordExpiresAt: null,
    }),
  )
}
// The day's reminders count as sent: the pages are measured, not the first flood of messages.
db.insert(jobRuns)
  .values({
    name: JOB,
    on: dueDay(new Date(), workingDaysOf({ daysOff: [], workdays: [] })),
    finishedAt: new Date().toISOString(),
  })
  .onConflictDoNothing()
  .run()
db.$client.close()
const running = await run(config, { print: () => {}, limits: process.env.BENCH_LIMITS === 'on' })
process.send?.({ address: running.address })
// It wakes the thread a thousand times a second: nothing is watched before somebody has asked.
const delay = monitorEventLoopDelay({ resolution: 1 })
process.on('message', (message) => {
  if (message === 'stop') return void running.stop().then(() => process.exit(0))
  process.send?.({ longestBlock: delay.max / 1e6 })
  delay.enable()
  delay.reset()
})
process.on('disconnect', () => process.exit(1)) // the parent has died
