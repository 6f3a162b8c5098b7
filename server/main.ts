/** `npm start`: the production server. Environment: PORT, HOST, DATA_DIR, LOG_LEVEL, PUBLIC_URL, TRUST_PROXY (server/config.ts). */
import { ConfigError, readConfig } from './config.ts'
import { run } from './run.ts'

try {
  await run(readConfig(process.env))
} catch (error) {
  console.error(startFailure(error))
  process.exitCode = 1
}

/** One clear line: what is wrong and what to do. */
function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return `Cannot start: ${error.message}`
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return `Cannot start: the port is in use, set another one: PORT=3001 npm start`
  if (code === 'EACCES' || code === 'EROFS' || code === 'SQLITE_CANTOPEN') return `Cannot start: no right to write there (${message}), set DATA_DIR to a folder of yours`
  return `Cannot start: ${code === undefined ? stack : message}`
}
