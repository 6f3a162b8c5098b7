/** `npm start`: the production server. Environment: PORT, HOST, DATA_DIR, LOG_LEVEL, PUBLIC_URL, TRUST_PROXY (server/config.ts). */
import { readConfig } from './config.ts'
import { run } from './run.ts'
import { startFailure } from './start-failure.ts'

try {
  await run(readConfig(process.env))
} catch (error) {
  console.error(startFailure(error))
  process.exitCode = 1
}
