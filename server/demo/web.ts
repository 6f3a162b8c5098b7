import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WEB = join(ROOT, 'web')

/** What the built app depends on. */
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'pdfjs-files.ts']

/** Builds the web app where it is missing or older than its sources. Throws with the builder's words where that fails. */
export function buildWebIfNeeded(print: (line: string) => void): void {
  const built = newest(join(WEB, 'dist', 'index.html'))
  if (built >= Math.max(...SOURCES.map((name) => newest(join(WEB, name))))) return
  print('正在构建网页（首次约需一分钟）…')
  const result = spawnSync(
    process.execPath,
    [
      join(ROOT, 'node_modules/vite/bin/vite.js'),
      'build',
      '--config',
      join(WEB, 'vite.config.ts'),
      '--logLevel',
      'error',
    ],
    {
      cwd: ROOT,
      encoding: 'utf8',
    },
  )
  if (result.status !== 0) throw new Error(`the web app could not be built:\n${result.stdout}${result.stderr}`)
}

/** Time of the last change under a path, 0 where there is nothing. */
function newest(path: string): number {
  if (!existsSync(path)) return 0
  const { mtimeMs } = statSync(path)
  if (!statSync(path).isDirectory()) return mtimeMs
  return readdirSync(path).reduce((time, name) => Math.max(time, newest(join(path, name))), 0)
}
