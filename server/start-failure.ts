import { ConfigError } from './config.ts'
import { FolderInUse } from './folder-lock.ts'

/** One clear line for an error that kept the server from starting: what is wrong and what to do. */
export function startFailure(error: unknown): string {
  if (error instanceof ConfigError || error instanceof FolderInUse) return `Cannot start: ${error.message}`
  const { code, message, stack } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE')
    return 'Cannot start: the port is in use, choose another one with PORT, for example PORT=3001'
  if (code === 'EACCES' || code === 'EROFS' || code === 'SQLITE_CANTOPEN')
    return `Cannot start: no right to write there (${message}), set DATA_DIR to a folder of yours`
  return `Cannot start: ${code === undefined ? stack : message}`
}
