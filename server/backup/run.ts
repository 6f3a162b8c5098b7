import { fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { BackupError } from './create.ts'

const COMMAND = fileURLToPath(new URL('../cli/backup.ts', import.meta.url))
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/**
 * Makes a backup in a process of its own, because checking a large copy would hold up every request here.
 * @returns its name
 */
export function backupInBackground(dataDir: string, keep: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(COMMAND, ['--keep', String(keep)], {
      execArgv: ['--import', LOADER],
      env: { ...process.env, DATA_DIR: dataDir },
      silent: true,
    })
    let message = ''
    let name: string | null = null
    child.once('message', (message) => {
      name = String(message)
    })
    child.stdout!.resume()
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      message += text
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0 && name !== null) resolve(name)
      else reject(new BackupError(message.trim() || `the backup ended with ${code}`))
    })
  })
}
