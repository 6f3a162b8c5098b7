/**
 * `npm run demo`: the system with the demo of `seeds/`, ready to sign in. The first run makes the data folder (DATA_DIR,
 * else ./data/demo) and builds the web app; later runs keep the data and start in seconds.
 */
import { join } from 'node:path'
import { loadSeeds } from '../seeds/load.ts'
import { readConfig } from './config.ts'
import { forgetHalfLoaded, loadDemo } from './demo/load.ts'
import { signInTable } from './demo/sign-ins.ts'
import { buildWebIfNeeded } from './demo/web.ts'
import { run } from './run.ts'
import { startFailure } from './start-failure.ts'

try {
  const config = readConfig({
    ...process.env,
    DATA_DIR: process.env.DATA_DIR || join('data', 'demo'),
    LOG_LEVEL: process.env.LOG_LEVEL || 'warn',
  })
  buildWebIfNeeded(console.log)
  await run(config, {
    beforeOpen: forgetHalfLoaded,
    beforeStart: async (app) => {
      await loadDemo(app, console.log)
    },
  })
  const { password, people } = loadSeeds()
  console.log(signInTable(people, password))
  console.log(`数据在 ${config.dataDir}，按 Ctrl-C 结束。`)
} catch (error) {
  console.error(startFailure(error))
  process.exitCode = 1
}
