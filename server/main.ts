/** `npm start`: the production server. Environment: PORT, HOST, DATA_DIR, LOG_LEVEL, PUBLIC_URL, TRUST_PROXY (server/config.ts). */
import { readConfig } from './config.ts'
import { startFailure } from './start-failure.ts'

try {
  const config = readConfig(process.env)
  // Loading the server takes seconds on a small machine: a wrong setting is told before.
  const { run } = await import('./run.ts')
  await run(config)
} catch (error) {
  console.error(startFailure(error))
  process.exitCode = 1
}
