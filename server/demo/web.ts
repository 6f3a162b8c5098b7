import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const WEB = join(ROOT, 'web')

/** What the built app depends on: all of web but what was built, the words that it shares with the server, the libraries. */
const sources = () => [
  ...readdirSync(WEB)
    .filter((name) => name !== 'dist')
    .map((name) => join(WEB, name)),
  join(ROOT, 'db/domain'),
  join(ROOT, 'package-lock.json'),
]

/** Builds the web app where it is missing or older than its sources. Throws with the builder's words where that fails. */
export function buildWebIfNeeded(print: (line: string) => void): void {
  const built = newest(join(WEB, 'dist', 'index.html'))
  if (built >= Math.max(...sources().map(newest))) return
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
      // whoever starts it (a test): what is built is what the office gets
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  if (result.status !== 0) throw new Error(`the web app could not be built:\n${result.stdout}${result.stderr}`)
}

/** Time of the last change under a path, 0 where there is nothing; a file that has gone has changed its folder. */
function newest(path: string): number {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  const inside = stat.isDirectory() ? readdirSync(path).map((name) => newest(join(path, name))) : []
  return Math.max(stat.mtimeMs, ...inside)
}
